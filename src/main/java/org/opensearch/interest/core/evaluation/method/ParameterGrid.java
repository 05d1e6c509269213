package org.opensearch.interest.core.evaluation.method;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Grid of parameters of content-based interest to try: every combination of the given values, unless there are too
 * many. If α is 0, the short term does not count and is not varied.
 *
 * @param shapes    transforms of the catalogue's vectors: {@code raw}, {@code centred}, {@code whitened}, {@code sum}
 * @param longTerm  half-lives in days, above zero; infinite for none
 * @param shortTerm half-lives in days
 * @param alphas    in [0,1]
 * @param topics    0 for a single vector, else the largest number of topics
 */
public record ParameterGrid(
    List<String> shapes,
    List<Double> longTerm,
    List<Double> shortTerm,
    List<Double> alphas,
    List<Integer> topics
) {
    /** Largest number of combinations to try. Of more, a sample is drawn, because a sweep must end. */
    public static final int MOST = 200;
    private static final int MOST_TOPICS = 64;

    /** Grid that is tried if none is given. */
    public static final ParameterGrid USUAL = new ParameterGrid(
        List.of("raw", "centred", "whitened", "sum"), List.of(7.0, 30.0, 90.0, 365.0, Double.POSITIVE_INFINITY),
        List.of(7.0), List.of(0.0, 0.4), List.of(0, 8)
    );

    public ParameterGrid {
        shapes = List.copyOf(shapes);
        longTerm = List.copyOf(longTerm);
        shortTerm = List.copyOf(shortTerm);
        alphas = List.copyOf(alphas);
        topics = List.copyOf(topics);
        for (List<?> values : List.of(shapes, longTerm, shortTerm, alphas, topics)) {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a sweep needs at least one value of each parameter");
            }
        }
        shapes.forEach(ParameterGrid::shape);
        longTerm.forEach(days -> require("long_term", days, days > 0, "above 0 days"));
        shortTerm.forEach(days -> require("short_term", days, days > 0, "above 0 days"));
        alphas.forEach(alpha -> require("alpha", alpha, alpha >= 0 && alpha <= 1, "in [0,1]"));
        topics.forEach(
            count -> require("topics", count, count >= 0 && count <= MOST_TOPICS, "in [0," + MOST_TOPICS + "]")
        );
    }

    private static void require(String name, Number value, boolean valid, String allowed) {
        if (valid == false) {
            throw new IllegalArgumentException(
                "a sweep's [" + name + "] must be " + allowed + ", but was [" + value + "]"
            );
        }
    }

    private static VectorTransform shape(String name) {
        for (VectorTransform shape : VectorTransform.values()) {
            if (shape.name().toLowerCase(Locale.ROOT).equals(name)) {
                return shape;
            }
        }
        throw new IllegalArgumentException(
            "a sweep's [shapes] must be among [raw, centred, whitened, sum], but was [" + name + "]"
        );
    }

    /** @param topics 0 for a single vector */
    public record Point(ContentParams taste, int topics) {}

    /** Returns the number of combinations. */
    public long size() {
        long terms = 0;
        for (double alpha : alphas) {
            terms += alpha == 0 ? 1 : shortTerm.size();
        }
        return (long) shapes.size() * longTerm.size() * terms * topics.size();
    }

    /** Returns all combinations by name, or {@link #MOST} of them drawn by the seed; always in the same order. */
    public Map<String, Point> points(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long left = size();
        long wanted = Math.min(MOST, left);
        Map<String, Point> points = new LinkedHashMap<>();
        for (String shape : shapes) {
            for (int count : topics) {
                for (double days : longTerm) {
                    for (double alpha : alphas) {
                        for (double recent : alpha == 0 ? shortTerm.subList(0, 1) : shortTerm) {
                            // selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S)
                            if (random.nextLong(left--) < wanted) {
                                wanted--;
                                ContentParams params = new ContentParams(
                                    shape(shape), recent * ContentParams.DAY,
                                    DecayFunction.time(days * ContentParams.DAY), alpha, false
                                );
                                points.put(name(shape, count, days, alpha, recent), new Point(params, count));
                            }
                        }
                    }
                }
            }
        }
        return points;
    }

    private static String name(String shape, int topics, double days, double alpha, double recent) {
        List<String> words = new ArrayList<>(List.of(shape, days(days)));
        if (alpha > 0) {
            words.add("with " + days(recent) + " at alpha " + alpha);
        }
        if (topics > 0) {
            words.add(topics + " topics");
        }
        return String.join(" ", words);
    }

    private static String days(double days) {
        return Double.isInfinite(days) ? "uniform"
            : days == Math.rint(days) ? String.format(Locale.ROOT, "%.0fd", days) : days + "d";
    }
}
