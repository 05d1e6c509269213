package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Random histories from seeds. */
final class Histories {
    static final long DAY = 86_400_000L;
    static final long NOW = 20_000 * DAY;

    private Histories() {}

    static float[] unit(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Vectors.unit(vector);
    }

    /** Events over about three years before NOW, a fifth of them negative, each with an id. */
    static List<Evidence> random(Random random, int events, int dimension) {
        List<Evidence> history = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            history.add(
                new Evidence(
                    unit(random, dimension), random.nextInt(3) == 0 ? Evidence.Source.TEXT : Evidence.Source.ITEM,
                    random.nextInt(5) == 0 ? -2 : 0.5 + 4 * random.nextDouble(),
                    NOW - (long) (1000 * DAY * Math.pow(random.nextDouble(), 3)), OptionalLong.of(i)
                )
            );
        }
        return history;
    }

    static final TopicSettings RULES = new TopicSettings(8, 0.35);

    static CatalogueCentre origin(int dimension) {
        return new CatalogueCentre(new float[dimension], new float[dimension]);
    }

    static Profile plus(Profile profile, Evidence evidence) {
        return profile.plus(evidence, origin(evidence.vector().length), RULES);
    }

    static Profile replay(HalfLives halfLives, List<Evidence> history) {
        Profile profile = Profile.empty(halfLives);
        for (Evidence evidence : history) {
            if (profile.knows(evidence) == false) {
                profile = plus(profile, evidence);
            }
        }
        return profile;
    }

    /** The decayed sum by its definition, in double: Σ w·2^(−(at−t)/h)·x over evidence of one sign. */
    static double[] decayedSum(List<Evidence> history, int dimension, long halfLife, long at, boolean negative) {
        double[] sum = new double[dimension];
        for (Evidence e : history) {
            if (e.weight() < 0 == negative) {
                double counts = Math.abs(e.weight()) * Math.pow(2, -(double) (at - e.timestamp()) / halfLife);
                for (int i = 0; i < dimension; i++) {
                    sum[i] += counts * e.vector()[i];
                }
            }
        }
        return sum;
    }

    static double cosine(float[] a, double[] b) {
        double dot = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }
}
