package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.geometry.MomentEstimator;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.vector.SymmetricMatrix;
import org.opensearch.interest.core.vector.VectorTable;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Vectors of a catalogue and of the searches in it, and the catalogue's geometry. Immutable, thread-safe. Memory: two
 * tables of items times dimensions times four bytes.
 */
public final class ItemVectorSpace {
    /** ε relative to the largest eigenvalue, as in {@link Geometry}. */
    private static final double RIDGE = 0.001;
    /** More items hardly change the estimates of 384 means and their covariance. */
    private static final int SAMPLE = 20_000;

    private final List<float[]> items;
    private final List<float[]> searches;
    private final Moments moments;
    private final Geometry geometry;
    private final VectorTable plain;
    private final VectorTable whitened;
    private final double similarityThreshold;

    /**
     * @param items     one unit vector per item, null if the item has no text; the list may hold nulls
     * @param searches  one unit vector per search
     * @param catalogue the items from which the geometry is fitted
     * @param prior     prior moments of the model; null for none
     */
    public ItemVectorSpace(List<float[]> items, List<float[]> searches, BitSet catalogue, Moments prior) {
        this.items = items;
        this.searches = searches;
        List<float[]> sample = new ArrayList<>();
        int step = Math.max(1, catalogue.cardinality() / SAMPLE);
        int n = 0;
        for (int i = catalogue.nextSetBit(0); i >= 0; i = catalogue.nextSetBit(i + 1)) {
            if (items.get(i) != null && n++ % step == 0) {
                sample.add(items.get(i));
            }
        }
        this.moments = fit(sample, prior);
        this.geometry = Geometry.of(moments);
        int dimension = moments.itemMean().length;
        this.plain = VectorTable.of(items, dimension);
        double largest = moments.covariance().largestEigenvalue();
        SymmetricMatrix precision = moments.covariance().inverse(largest > 0 ? RIDGE * largest : 1);
        List<float[]> mapped = new ArrayList<>();
        for (float[] item : items) {
            mapped.add(item == null ? null : precision.times(Vectors.plusScaled(item, -1, moments.itemMean())));
        }
        this.whitened = VectorTable.of(mapped, dimension);
        this.similarityThreshold = similarityThreshold(sample, moments.itemMean());
    }

    /**
     * Returns the centred cosine from which two items belong to one topic: the midpoint between the 99th percentile of
     * random pairs and the mean cosine of an item with its nearest neighbour. Both come from a few hundred items.
     */
    private static double similarityThreshold(List<float[]> sample, float[] mean) {
        int step = Math.max(1, sample.size() / 400);
        List<float[]> few = new ArrayList<>();
        for (int i = 0; i < sample.size(); i += step) {
            few.add(Vectors.plusScaled(sample.get(i), -1, mean));
        }
        if (few.size() < 3) {
            return 0.5;
        }
        double[] all = new double[few.size() * (few.size() - 1) / 2];
        double nearest = 0;
        int n = 0;
        int neighbours = Math.max(1, sample.size() / 4000);
        for (int i = 0; i < few.size(); i++) {
            double highest = -1;
            for (int j = 0; j < sample.size(); j += neighbours) {
                if (j != i * step) {
                    highest = Math
                        .max(highest, Vectors.cosine(few.get(i), Vectors.plusScaled(sample.get(j), -1, mean)));
                }
            }
            nearest += highest / few.size();
            for (int j = 0; j < i; j++) {
                all[n++] = Vectors.cosine(few.get(i), few.get(j));
            }
        }
        Arrays.sort(all);
        return (all[(int) (0.99 * (n - 1))] + nearest) / 2;
    }

    double similarityThreshold() {
        return similarityThreshold;
    }

    /**
     * Fits moments as the geometry fit of a tracker does. Without vectors and prior, returns a catalogue of one
     * dimension that carries no information.
     */
    private static Moments fit(List<float[]> vectors, Moments prior) {
        if (vectors.isEmpty()) {
            return prior != null ? prior : new Moments(new float[1], new float[1], SymmetricMatrix.identity(1, 1));
        }
        MomentEstimator sample = new MomentEstimator(vectors.get(0).length);
        vectors.forEach(sample::add);
        return prior != null && prior.itemMean().length == sample.dimension()
            ? sample.shrunkTo(prior, MomentEstimator.PRIOR_WEIGHT)
            : sample.shrunkToIsotropic(MomentEstimator.PRIOR_WEIGHT);
    }

    /** Returns the vector of the event's object; null if it has none, or one that does not belong to this space. */
    float[] vector(Dataset data, int event) {
        int item = data.item(event);
        int search = data.search(event);
        float[] vector = item >= 0 ? items.get(item) : search >= 0 ? searches.get(search) : data.brought(event);
        return vector != null && vector.length == dimension() ? vector : null;
    }

    /**
     * Returns the direction of the mean of several items; null if none has a vector, or if their vectors cancel out.
     */
    float[] mean(int[] numbers) {
        float[] sum = new float[dimension()];
        for (int item : numbers) {
            if (items.get(item) != null) {
                ContentScorer.addScaled(sum, 1, items.get(item));
            }
        }
        return Vectors.norm(sum) > 1e-3 ? Vectors.unit(sum) : null;
    }

    public float[] item(int item) {
        return items.get(item);
    }

    public int dimension() {
        return moments.itemMean().length;
    }

    Moments moments() {
        return moments;
    }

    Geometry geometry() {
        return geometry;
    }

    /** Returns the untransformed vectors of the items. */
    VectorTable plain() {
        return plain;
    }

    /**
     * Returns (C + εI)⁻¹·(x − μ) for every item x: its dot product with centred evidence is the fully whitened
     * similarity.
     */
    VectorTable whitened() {
        return whitened;
    }
}
