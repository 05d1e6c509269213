package org.opensearch.interest.core.engagement;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Laws of what is learned from everybody, over seeded random histories. */
class EngagementLawsTest {
    private static final long DAY = 86_400_000L;
    private static final int ITEMS = 30;
    private static final int USERS = 40;

    private record Event(int user, int item, long time) {}

    private static List<Event> history(Random random, int events) {
        List<Event> history = new ArrayList<>();
        for (int e = 0; e < events; e++) {
            int user = random.nextInt(USERS);
            // users of one kind like items of one kind
            int item = random.nextInt(4) == 0 ? random.nextInt(ITEMS) : (user % 3) * 10 + random.nextInt(10);
            history.add(new Event(user, item, 1_000 * DAY + e * DAY / 4));
        }
        return history;
    }

    private static CoEngagement learned(List<Event> history, double halfLife) {
        CoEngagement together = new CoEngagement(halfLife, 1_000_000);
        Map<Integer, CoEngagement.Taken> users = new HashMap<>();
        for (Event event : history) {
            together.take(
                users.computeIfAbsent(event.user(), first -> new CoEngagement.Taken()), event.item(), event.time()
            );
        }
        return together;
    }

    /** By the definition: x(u,i)² = 2^(−age / half-life) of the first time. */
    private static double cosine(List<Event> history, double halfLife, int a, int b, long now) {
        double[][] x = new double[USERS][ITEMS];
        for (Event event : history) {
            double worth = Math.pow(2, -(now - event.time()) / (2 * halfLife));
            x[event.user()][event.item()] = x[event.user()][event.item()] == 0 ? worth : x[event.user()][event.item()];
        }
        double both = 0;
        double one = 0;
        double other = 0;
        for (double[] user : x) {
            both += user[a] * user[b];
            one += user[a] * user[a];
            other += user[b] * user[b];
        }
        return one * other > 0 ? both / Math.sqrt(one * other) : 0;
    }

    @Test
    void cosinesAreThoseOfTheDefinitionWheneverTheyAreRead() {
        for (int seed = 0; seed < 5; seed++) {
            List<Event> history = history(new Random(seed), 600);
            for (double halfLife : new double[]{ Double.POSITIVE_INFINITY, 365 * DAY, 20 * DAY, DAY / 2.0 }) {
                CoEngagement together = learned(history, halfLife);
                for (int a = 0; a < ITEMS; a++) {
                    for (int b = 0; b < ITEMS; b++) {
                        if (a != b) {
                            float cosine = together.cosine(a, b);
                            // long after, and in the middle: all have faded alike
                            long now = 1_000 * DAY + seed * 40L * DAY;
                            assertEquals(
                                cosine(history, halfLife, a, b, now), cosine, 1e-4, "items " + a + " and " + b
                            );
                            assertTrue(cosine >= 0 && cosine <= 1);
                            assertEquals(cosine, together.cosine(b, a), 1e-6, "symmetric");
                        }
                    }
                }
            }
        }
    }

    @Test
    void theOrderOfUsersDoesNotMatter() {
        for (int seed = 0; seed < 5; seed++) {
            List<Event> history = history(new Random(seed), 400);
            Map<Integer, List<Event>> byUser = new HashMap<>();
            history.forEach(event -> byUser.computeIfAbsent(event.user(), user -> new ArrayList<>()).add(event));
            List<List<Event>> shuffled = new ArrayList<>(byUser.values());
            Collections.shuffle(shuffled, new Random(seed + 100));
            List<Event> one = shuffled.stream().flatMap(List::stream).toList();
            CoEngagement byTime = learned(history, 30 * DAY);
            CoEngagement userByUser = learned(one, 30 * DAY);
            for (int a = 0; a < ITEMS; a++) {
                for (int b = 0; b < ITEMS; b++) {
                    assertEquals(byTime.cosine(a, b), userByUser.cosine(a, b), 1e-4f);
                }
            }
        }
    }

    @Test
    void pairsComeNearestFirstAndNoMoreThanAskedFor() {
        CoEngagement together = learned(history(new Random(3), 800), Double.POSITIVE_INFINITY);
        for (int item = 0; item < ITEMS; item++) {
            List<CoEngagement.Pair> pairs = together.pairs(item, 7);
            assertTrue(pairs.size() <= 7);
            for (int i = 0; i < pairs.size(); i++) {
                assertTrue(pairs.get(i).item() != item);
                assertEquals(together.cosine(item, pairs.get(i).item()), pairs.get(i).cosine(), 0);
                assertTrue(i == 0 || pairs.get(i).cosine() <= pairs.get(i - 1).cosine());
            }
        }
        assertEquals(List.of(), together.pairs(10_000, 7));
    }

    @Test
    void aRowForgetsItsLighterHalfWhereItIsFull() {
        SparseRow row = new SparseRow();
        for (int key = 0; key < 5_000; key++) {
            row.add(key, key + 1, 2048);
        }
        float[] ones = new float[5_000];
        Arrays.fill(ones, 1);
        float[] sums = new float[5_000];
        row.addTo(1, ones, sums);
        assertEquals(5_000, sums[4_999], 0, "the heaviest stay, exactly");
        assertEquals(0, sums[0], 0, "light ones go");
        assertTrue(row.bytes() < 80_000);
    }

    @Test
    void memoryIsBoundedHoweverManyItemsAUserTakes() {
        CoEngagement together = new CoEngagement(Double.POSITIVE_INFINITY, 10_000);
        Random random = new Random(5);
        for (int user = 0; user < 30; user++) {
            CoEngagement.Taken taken = new CoEngagement.Taken();
            for (int e = 0; e < 700; e++) {
                together.take(taken, random.nextInt(3_000), e);
            }
        }
        // 64 pairs an item in at most 128 places of 8 bytes
        assertTrue(together.bytes() < 3_000 * (128 * 8 + 64 + 32) + 200_000, "[" + together.bytes() + "] bytes");
    }

    @Test
    void countsFadeAndReadingLaterIsOneMultiplication() {
        Random random = new Random(7);
        DecayedCounts counts = new DecayedCounts();
        List<Event> history = history(random, 2_000);
        history.forEach(event -> counts.take(event.item(), event.time()));
        long now = 1_600 * DAY;
        double[] left = counts.at(now);
        double[] expected = new double[ITEMS];
        history.forEach(event -> expected[event.item()] += Math.pow(2, -(now - event.time()) / counts.halfLife()));
        double[] later = counts.at(now + 10 * DAY);
        for (int i = 0; i < left.length; i++) {
            assertEquals(expected[i], left[i], 1e-6 * expected[i]);
            assertEquals(left[i] * Math.pow(2, -10 * DAY / counts.halfLife()), later[i], 1e-9 * left[i]);
        }
    }

    @Test
    void fashionForgetsFastAndSteadyTradeDoesNot() {
        Random random = new Random(11);
        DecayedCounts steady = new DecayedCounts();
        DecayedCounts fashion = new DecayedCounts();
        DecayedCounts timeless = new DecayedCounts();
        for (int e = 0; e < 20_000; e++) {
            long time = e * DAY / 50;
            int item = (int) (ITEMS * Math.pow(random.nextDouble(), 3));
            steady.take(item, time);
            timeless.take(item, 5);
            // every ten days others
            fashion.take(((int) (time / (10 * DAY)) % 20) * 10 + random.nextInt(10), time);
        }
        assertTrue(steady.halfLife() >= 90 * DAY, "" + steady.halfLife());
        assertTrue(fashion.halfLife() <= 7 * DAY, "" + fashion.halfLife());
        assertEquals(Double.POSITIVE_INFINITY, timeless.halfLife(), 0, "equal times say nothing of fading");
    }

    @Test
    void fashionIsSeenAmongManyItemsThatHardlyAnybodyTakesUp() {
        Random random = new Random(12);
        DecayedCounts counts = new DecayedCounts();
        int many = 200 * ITEMS;
        for (int e = 0; e < 20_000; e++) {
            long time = e * DAY / 50;
            int week = (int) (time / (7 * DAY));
            boolean ofTheWeek = random.nextInt(6) == 0;
            counts.take(
                ofTheWeek ? (week * 97 + random.nextInt(40)) % many : (int) (many * Math.pow(random.nextDouble(), 2)),
                time
            );
        }
        assertTrue(counts.halfLife() <= 7 * DAY, "" + counts.halfLife());
    }

    @Test
    void whatItSaysDoesNotDependOnNamesAndHoldsNone() {
        List<Event> history = history(new Random(13), 500);
        EngagementLearner plain = new EngagementLearner(90 * DAY);
        EngagementLearner renamed = new EngagementLearner(90 * DAY);
        for (Event event : history) {
            plain.take("u" + event.user(), "i" + event.item(), event.time());
            renamed.take("somebody else " + (USERS - event.user()), "i" + event.item(), event.time());
        }
        assertEquals(plain.snapshot(500, 2_000 * DAY), renamed.snapshot(500, 2_000 * DAY));
        Set<String> items = new HashSet<>(plain.items());
        for (String item : items) {
            assertEquals(plain.neighbours(item), renamed.neighbours(item));
            assertTrue(plain.neighbours(item).stream().allMatch(neighbour -> items.contains(neighbour.item())));
        }
        EngagementSnapshot snapshot = plain.snapshot(500, 2_000 * DAY);
        assertEquals(500, snapshot.events());
        assertEquals(items.size(), snapshot.items());
        assertEquals(0, snapshot.floor(), 0, "all items are favourites here, so nothing is left over");
        assertTrue(plain.bytes() > 0);
    }
}
