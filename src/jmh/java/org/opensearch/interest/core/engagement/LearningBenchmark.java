package org.opensearch.interest.core.engagement;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.ItemBoosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Milliseconds to learn from a hundred thousand events of 5,000 users and 10,000 items, and to compute the item boosts
 * of one user.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class LearningBenchmark {
    private static final int EVENTS = 100_000;
    private static final long HOUR = 3_600_000L;
    private static final double YEAR = 365 * 24.0 * HOUR;

    private final int[] users = new int[EVENTS];
    private final int[] items = new int[EVENTS];
    private final List<EngagedItem> own = new ArrayList<>();
    private EngagementLearner learned;
    private EngagementSnapshot snapshot;

    @Setup
    public void history() {
        Random random = new Random(42);
        for (int e = 0; e < EVENTS; e++) {
            users[e] = random.nextInt(5_000);
            items[e] = (int) (10_000 * Math.pow(random.nextDouble(), 3));
            if (users[e] < 5) {
                own.add(new EngagedItem("item" + items[e], e * HOUR / 10));
            }
        }
        learned = learn();
        snapshot = learned.snapshot(EVENTS, EVENTS * HOUR);
        System.out.println("bytes: " + learned.bytes());
    }

    @Benchmark
    public EngagementLearner learn() {
        EngagementLearner learner = new EngagementLearner(YEAR);
        for (int e = 0; e < EVENTS; e++) {
            learner.take("user" + users[e], "item" + items[e], e * HOUR / 10);
        }
        return learner;
    }

    @Benchmark
    public ItemBoosts read() {
        return new BoostCalculator(new ComponentWeights(1, 1, 1, 1), snapshot, YEAR)
            .of(own, learned::neighbours, EVENTS * HOUR);
    }
}
