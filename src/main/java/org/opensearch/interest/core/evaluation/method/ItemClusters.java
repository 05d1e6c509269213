package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clusters of items by their vectors alone: spherical k-means (Dhillon, Modha: "Concept decompositions for large sparse
 * text data using clustering", Machine Learning 2001) of centred vectors. For metrics of a list's composition if there
 * are no categories. Immutable.
 */
public final class ItemClusters {
    private static final int MOST = 16;
    /** More items hardly move sixteen centres. */
    private static final int SAMPLE = 4_000;
    private static final int ROUNDS = 10;

    private final int[] cluster;
    private final int count;

    /** @param seed of the drawn items that are the first centres */
    public ItemClusters(ItemVectorSpace space, int items, long seed) {
        float[][] centred = new float[items][];
        List<float[]> known = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            if (space.item(i) != null) {
                centred[i] = Vectors.plusScaled(space.item(i), -1, space.moments().itemMean());
                known.add(centred[i]);
            }
        }
        float[][] centres = centres(known, seed);
        this.count = centres.length;
        this.cluster = new int[items];
        for (int i = 0; i < items; i++) {
            cluster[i] = centred[i] == null ? -1 : nearest(centred[i], centres);
        }
    }

    private static float[][] centres(List<float[]> known, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> sample = new ArrayList<>(known);
        for (int i = 0; i < Math.min(SAMPLE, sample.size()); i++) {
            int j = i + random.nextInt(sample.size() - i);
            float[] drawn = sample.get(j);
            sample.set(j, sample.get(i));
            sample.set(i, drawn);
        }
        sample = sample.subList(0, Math.min(SAMPLE, sample.size()));
        // with fewer than about five items per cluster, shares of clusters are shares of items
        float[][] centres = new float[Math.clamp(sample.size() / 5, 1, MOST)][];
        for (int c = 0; c < centres.length && sample.isEmpty() == false; c++) {
            centres[c] = sample.get(c);
        }
        for (int round = 0; round < ROUNDS && sample.isEmpty() == false; round++) {
            float[][] sums = new float[centres.length][sample.get(0).length];
            for (float[] vector : sample) {
                ContentScorer.addScaled(sums[nearest(vector, centres)], 1, vector);
            }
            for (int c = 0; c < centres.length; c++) {
                centres[c] = Vectors.norm(sums[c]) > 0 ? sums[c] : centres[c];
            }
        }
        return centres;
    }

    private static int nearest(float[] vector, float[][] centres) {
        int nearest = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < centres.length; c++) {
            double cosine = Vectors.cosine(centres[c], vector);
            if (cosine > highest) {
                highest = cosine;
                nearest = c;
            }
        }
        return nearest;
    }

    /** Returns the cluster of an item; −1 if the item has no vector. */
    public int of(int item) {
        return cluster[item];
    }

    /**
     * Returns the overlap of the clusters' shares in a list with those in a user's engagements: Σ min(p, q), in [0,1];
     * 1 if they are the same.
     *
     * @return NaN if either holds no item with a vector
     */
    public double overlap(int[] list, int[] history) {
        double[] p = shares(list);
        double[] q = shares(history);
        double sum = 0;
        for (int c = 0; c < count; c++) {
            sum += Math.min(p[c], q[c]);
        }
        return sum;
    }

    private double[] shares(int[] items) {
        double[] shares = new double[count];
        long known = Arrays.stream(items).filter(item -> cluster[item] >= 0).count();
        for (int item : items) {
            if (cluster[item] >= 0) {
                shares[cluster[item]] += 1.0 / known;
            }
        }
        if (known == 0) {
            Arrays.fill(shares, Double.NaN);
        }
        return shares;
    }
}
