package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.Method;
import org.opensearch.interest.core.evaluation.method.MethodNames;
import org.opensearch.interest.core.evaluation.method.ScorerFactory;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/** Small synthetic data, the same for the same seed. */
public final class Worlds {
    public static final long DAY = 86_400_000L;
    public static final long START = 1_600_000_000_000L;
    static final int DAYS = 200;
    private static final int USERS = 40;
    private static final int ITEMS = 30;
    private static final int EVENTS = 1_500;

    private Worlds() {}

    /**
     * Returns users who mostly stay within one of three kinds of items.
     *
     * @param changed events at these times are about other items
     */
    public static Dataset dataset(long seed, LongPredicate changed) {
        DatasetBuilder builder = new DatasetBuilder();
        String[] kinds = { "shoes", "coffee", "garden" };
        for (int i = 0; i < ITEMS; i++) {
            builder.item("item" + i, kinds[i % 3] + " number " + i);
        }
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom others = new SplittableRandom(seed + 1);
        for (int e = 0; e < EVENTS; e++) {
            int user = random.nextInt(USERS);
            int item = random.nextInt(10) < 8 ? random.nextInt(ITEMS / 3) * 3 + user % 3 : random.nextInt(ITEMS);
            long time = START + random.nextInt(DAYS) * DAY + random.nextInt(1000);
            double weight = random.nextInt(8) == 0 ? -1 : 1;
            int other = others.nextInt(ITEMS);
            builder.event("user" + user, "item" + (changed.test(time) ? other : item), weight, weight > 0, time);
        }
        return builder.build();
    }

    public static Dataset dataset(long seed) {
        return dataset(seed, time -> false);
    }

    /** Returns vectors that depend on the items' kinds. */
    public static ItemVectorSpace space(EvaluationCases experiment) {
        SplittableRandom random = new SplittableRandom(3);
        List<float[]> items = new ArrayList<>();
        for (int i = 0; i < experiment.data().items(); i++) {
            float[] vector = new float[8];
            for (int d = 0; d < 8; d++) {
                vector[d] = (float) (random.nextDouble() - 0.3 + (d == i % 3 ? 1.5 : 0));
            }
            items.add(Vectors.unit(vector));
        }
        return new ItemVectorSpace(items, List.of(), experiment.catalogue(), null);
    }

    /** Returns vectors that carry no information about the items. */
    public static ItemVectorSpace blind(EvaluationCases experiment) {
        SplittableRandom random = new SplittableRandom(7);
        List<float[]> items = new ArrayList<>();
        for (int i = 0; i < experiment.data().items(); i++) {
            float[] vector = new float[8];
            for (int d = 0; d < 8; d++) {
                vector[d] = (float) (random.nextDouble() - 0.5);
            }
            items.add(Vectors.unit(vector));
        }
        return new ItemVectorSpace(items, List.of(), experiment.catalogue(), null);
    }

    /** Returns all named methods except ours, which learns. */
    static List<Method> methods(EvaluationCases experiment, ItemVectorSpace space) {
        ScorerFactory scorers = new ScorerFactory(
            experiment.data(), space, new ScorerFactory.Texts(experiment.data()), 5
        );
        return MethodNames.DEFAULT.stream()
            .filter(name -> name.startsWith("interest") == false && name.equals(MethodNames.BLEND) == false)
            .map(name -> new Method(name, MethodNames.make(name, scorers)))
            .toList();
    }
}
