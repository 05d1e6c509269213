package org.opensearch.interest.core.evaluation.metric;

import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.method.CaseReplay;
import org.opensearch.interest.core.evaluation.method.ContentScorer;
import org.opensearch.interest.core.evaluation.method.ItemClusters;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.Method;
import org.opensearch.interest.core.evaluation.method.Popularity;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Lets methods rank the candidates of every evaluation case and measures the ranked lists. */
public final class CaseEvaluation {
    private final EvaluationCases evaluationCases;
    /** null if items have no vectors; diversity and calibration are then NaN */
    private final ItemVectorSpace space;
    private final int k;
    private final long seed;

    public CaseEvaluation(EvaluationCases evaluationCases, ItemVectorSpace space, int k, long seed) {
        this.evaluationCases = evaluationCases;
        this.space = space;
        this.k = k;
        this.seed = seed;
    }

    /**
     * Result of an evaluation.
     *
     * @param names  of the methods
     * @param values by method, metric and case; NaN if a metric does not apply
     * @param shown  by method, the items among the first k of any case
     * @param scores by method and case, the score of the only target in standard deviations over the ranked items; NaN
     *               if a case has several targets
     */
    public record Outcome(List<String> names, double[][][] values, BitSet[] shown, double[][] scores) {
        public double mean(int method, Metric metric) {
            return Arrays.stream(values[method][metric.ordinal()])
                .filter(value -> Double.isNaN(value) == false)
                .average()
                .orElse(Double.NaN);
        }
    }

    /** @param methods creates the methods; see {@link CaseReplay#run} */
    public Outcome of(Supplier<List<Method>> methods, int threads, IntConsumer progress) {
        List<String> names = methods.get().stream().map(Method::name).toList();
        int cases = evaluationCases.cases().size();
        double[][][] values = new double[names.size()][Metric.values().length][cases];
        BitSet[] shown = new BitSet[names.size()];
        double[][] targetScores = new double[names.size()][cases];
        ItemClusters clusters = space == null ? null : new ItemClusters(space, evaluationCases.data().items(), seed);
        Arrays.setAll(shown, m -> new BitSet());
        Supplier<List<Scorer>> roots = () -> {
            List<Scorer> scorers = new ArrayList<>(methods.get().stream().map(Method::scorer).toList());
            scorers.add(new Popularity(evaluationCases.data(), Long.MAX_VALUE));
            return scorers;
        };
        CaseReplay.run(evaluationCases, roots, threads, progress, (index, c, scorers, cache) -> {
            int[] candidates = evaluationCases.candidates(c);
            float[] popularity = cache.of(scorers.get(names.size()));
            int[] history = EvaluationCases.taken(evaluationCases.data(), c);
            for (int m = 0; m < names.size(); m++) {
                float[] scores = cache.of(scorers.get(m));
                double[] measured = RankedList
                    .measure(RankedList.ranks(scores, candidates, c.targets()), candidates.length, k);
                int[] top = RankedList.top(scores, candidates, k, seed + index);
                measured[Metric.DIVERSITY.ordinal()] = diversity(top);
                measured[Metric.NOVELTY.ordinal()] = novelty(top, popularity);
                measured[Metric.CALIBRATION.ordinal()] = clusters == null ? Double.NaN : clusters.overlap(top, history);
                targetScores[m][index] = c.targets().length == 1 ? standardScore(scores, candidates, c.targets()[0])
                    : Double.NaN;
                for (int metric = 0; metric < measured.length; metric++) {
                    values[m][metric][index] = measured[metric];
                }
                synchronized (shown[m]) {
                    Arrays.stream(top).forEach(shown[m]::set);
                }
            }
        });
        return new Outcome(names, values, shown, targetScores);
    }

    private static double standardScore(float[] scores, int[] candidates, int target) {
        double sum = 0;
        double squares = 0;
        for (int candidate : candidates) {
            sum += scores[candidate];
            squares += (double) scores[candidate] * scores[candidate];
        }
        double mean = sum / candidates.length;
        double deviation = Math.sqrt(Math.max(0, squares / candidates.length - mean * mean));
        return deviation > 1e-12 ? (scores[target] - mean) / deviation : 0;
    }

    /**
     * Mean of 1 − cosine over all pairs. The sum of n unit vectors gives the mean pairwise cosine: (|Σx|² − n) / (n(n −
     * 1)).
     */
    private double diversity(int[] top) {
        if (space == null) {
            return Double.NaN;
        }
        float[] sum = new float[space.dimension()];
        int n = 0;
        for (int item : top) {
            if (space.item(item) != null) {
                ContentScorer.addScaled(sum, 1, space.item(item));
                n++;
            }
        }
        return n < 2 ? Double.NaN : 1 - (Vectors.dot(sum, sum) - n) / ((double) n * (n - 1));
    }

    /**
     * Mean of −log₂ of an item's share of engagements. Each count is raised by one, so that an item without engagements
     * has a finite value.
     */
    private static double novelty(int[] top, float[] popularity) {
        double total = popularity.length;
        for (float count : popularity) {
            total += count;
        }
        double bits = 0;
        for (int item : top) {
            bits -= Math.log((popularity[item] + 1) / total) / Math.log(2);
        }
        return top.length == 0 ? Double.NaN : bits / top.length;
    }
}
