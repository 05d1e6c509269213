package org.opensearch.interest.core.evaluation.report;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.evaluation.method.ContentParams;
import org.opensearch.interest.core.evaluation.method.ContentScorer;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.ProductionScorer;
import org.opensearch.interest.core.evaluation.method.ScoreCache;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.evaluation.method.VectorTransform;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Evidence other than engagements: searches, vectors that come with events, and skipped impressions. */
class EvidenceTest {
    private static final int DIMENSION = 6;
    private static final int ITEMS = 30;
    private static final long NOW = Worlds.START + 100 * Worlds.DAY;
    private static final String[] KINDS = { "shoes", "coffee", "garden" };

    private static float[] like(int kind, SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            vector[d] = (float) (random.nextDouble() - 0.4 + (d == kind ? 2 : 0));
        }
        return Vectors.unit(vector);
    }

    private static DatasetBuilder catalogue() {
        DatasetBuilder builder = new DatasetBuilder();
        for (int i = 0; i < ITEMS; i++) {
            builder.item("item" + i, KINDS[i % 3]);
        }
        return builder;
    }

    private static float[] scores(Dataset data, String tracker, boolean shipped) {
        SplittableRandom random = new SplittableRandom(1);
        List<float[]> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(like(i % 3, random));
        }
        BitSet all = new BitSet();
        all.set(0, ITEMS);
        ItemVectorSpace space = new ItemVectorSpace(
            items, data.searches().stream().map(text -> like(Arrays.asList(KINDS).indexOf(text), random)).toList(), all,
            null
        );
        Tracker settings = TrackerJson.read(
            "test", "uid",
            Map.of(
                "items", Map.of("index", "items"), "signals",
                tracker.isEmpty() ? Map.of() : Map.of("view", Map.of("weight", 0.5, "half_life", tracker))
            )
        );
        Scorer part = shipped ? new ProductionScorer(data, space, settings)
            : new ContentScorer(data, space, ContentParams.plain(VectorTransform.CENTRED, 30 * Worlds.DAY));
        Case c = new Case(0, NOW, data.before(NOW), data.ownAmong(0, data.before(NOW)), new int[]{ 0 }, null);
        float[] scores = new float[ITEMS];
        part.score(c, new ScoreCache(ITEMS, c), scores);
        return scores;
    }

    private static double mean(float[] scores, int kind) {
        double sum = 0;
        for (int i = kind; i < ITEMS; i += 3) {
            sum += scores[i] / (ITEMS / 3.0);
        }
        return sum;
    }

    @Test
    void searchesAndVectorsDrawToTheirKind() {
        for (boolean shipped : new boolean[]{ true, false }) {
            for (boolean vector : new boolean[]{ true, false }) {
                DatasetBuilder builder = catalogue();
                builder.event("u", "item0", 1, true, NOW - Worlds.DAY);
                double before = mean(scores(builder.build(), "", shipped), 1);
                if (vector) {
                    builder.brought("u", like(1, new SplittableRandom(9)), 1, NOW - 10);
                } else {
                    builder.search("u", "coffee", 1, NOW - 10);
                }
                float[] after = scores(builder.build(), "", shipped);
                String which = shipped + " " + vector;
                assertTrue(mean(after, 1) > before && mean(after, 1) > mean(after, 2), which);
                builder.brought("u", like(2, new SplittableRandom(9)), 50, NOW);
                builder.search("u", "garden", 50, NOW);
                assertArrayEquals(after, scores(builder.build(), "", shipped), 0f, "not what comes after: " + which);
            }
        }
    }

    @Test
    void whatWasShownInVainFallsAndOnlyAfterwards() {
        DatasetBuilder builder = catalogue();
        builder.event("u", "item0", 1, true, NOW - Worlds.DAY);
        builder.event("u", "item1", 1, true, NOW - Worlds.DAY);
        float[] before = scores(builder.build(), "", true);
        assertTrue(builder.passedOver("u", List.of("item4", "item7", "gone"), "impression", -0.2, NOW));
        assertArrayEquals(before, scores(builder.build(), "", true), 0f, "shown at the moment in question");
        assertTrue(builder.passedOver("u", List.of("item4", "item7"), "impression", -0.2, NOW - 1000));
        float[] after = scores(builder.build(), "", true);
        assertTrue(mean(after, 1) < mean(before, 1));
        assertFalse(builder.passedOver("u", List.of("gone"), "impression", -0.2, NOW - 1000), "nothing known");
        assertEquals(2, builder.build().count(0), "it makes nobody warm");
        assertArrayEquals(after, afterOthers(builder), 0f, "one of somebody else");
    }

    private static float[] afterOthers(DatasetBuilder builder) {
        builder.passedOver("somebody", List.of("item0", "item1"), "impression", -5, NOW - 1000);
        return scores(builder.build(), "", true);
    }

    @Test
    void aSignalsOwnHalfLifeCounts() {
        DatasetBuilder builder = catalogue();
        builder.event("u", "item1", 1, true, NOW - 20 * Worlds.DAY);
        builder.ofType("view");
        builder.event("u", "item0", 1, true, NOW - 20 * Worlds.DAY);
        Dataset data = builder.build();
        assertEquals(List.of("view", ""), List.of(data.type(0), data.type(1)));
        double lasting = mean(scores(data, "", true), 1);
        double fading = mean(scores(data, "7d", true), 1);
        assertTrue(fading < lasting, fading + " " + lasting);
    }

    @Test
    void whateverTheOrderEventsKeepWhatTheyAreAbout() {
        SplittableRandom random = new SplittableRandom(4);
        DatasetBuilder builder = catalogue();
        List<Long> times = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            long time = NOW + n * 7919L % 500;
            times.add(time);
            vectors.add(like(n % 3, random));
            switch (n % 4) {
                case 0 -> builder.event("u", "item" + n % ITEMS, 1, true, time);
                case 1 -> builder.search("u", "text" + n, 1, time);
                case 2 -> builder.brought("u", vectors.get(n), 1, time);
                default -> builder.rating("u", "item" + n % ITEMS, 1, 3, time);
            }
            builder.ofType("type" + n % 5);
        }
        Dataset data = builder.build();
        for (int e = 0; e < 500; e++) {
            int n = times.indexOf(data.time(e));
            assertEquals("type" + n % 5, data.type(e));
            assertEquals(n % 4 == 0 || n % 4 == 3 ? n % ITEMS : -1, data.item(e));
            if (n % 4 == 1) {
                assertEquals("text" + n, data.searches().get(data.search(e)));
            } else {
                assertEquals(-1, data.search(e));
            }
            if (n % 4 == 2) {
                assertArrayEquals(vectors.get(n), data.brought(e), 0f);
            } else {
                assertNull(data.brought(e));
            }
        }
    }
}
