package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.SplittableRandom;

/** Chance, from a seed: what every other method must beat. */
final class RandomOrder implements Scorer {
    private final long seed;

    RandomOrder(long seed) {
        this.seed = seed;
    }

    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        SplittableRandom random = new SplittableRandom(seed ^ (c.user() * 0x9E3779B97F4A7C15L) ^ Long.rotateLeft(c.at(), 17) ^ c.targets()[0]);
        for (int i = 0; i < into.length; i++) {
            into[i] = random.nextFloat();
        }
    }
}
