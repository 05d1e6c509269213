package org.opensearch.interest.core.engagement;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BoostCalculatorTest {
    private static final long DAY = 86_400_000L;
    private static final Function<String, List<Neighbour>> UNKNOWN_USER = item -> List.of();

    private static EngagementSnapshot snapshot(int items, EngagementSnapshot.Favourite... favourites) {
        return new EngagementSnapshot(items, 100, 100, 0, 7 * DAY, List.of(favourites), 1);
    }

    @Test
    void eachPartIsTheLogarithmItSays() {
        EngagementSnapshot snapshot = snapshot(
            4, new EngagementSnapshot.Favourite("hit", 8), new EngagementSnapshot.Favourite("shoe", 3)
        );
        Map<String, List<Neighbour>> neighbours = Map.of(
            "sock", List.of(new Neighbour("shoe", 0.5f)), "hat",
            List.of(new Neighbour("shoe", 0.6f), new Neighbour("scarf", 0.2f))
        );
        List<EngagedItem> own = List
            .of(new EngagedItem("sock", 0), new EngagedItem("hat", 0), new EngagedItem("sock", 10 * DAY));
        BoostCalculator reading = new BoostCalculator(new ComponentWeights(0.5, 2, 1, 3), snapshot, 10 * DAY);
        ItemBoosts parts = reading.of(own, item -> neighbours.getOrDefault(item, List.of()), 10 * DAY);
        assertEquals(0.5f, parts.content(), 0);
        double fading = Math.pow(2, -10.0 / 7);
        assertEquals(Math.log((1 + 8 * fading) / (1 + fading)), parts.of("hit").popular(), 1e-6);
        // the hat is one event older than the sock
        double hat = Math.pow(2, -1.0 / 20);
        double mean = (0.5 + hat * 0.8) / 4;
        ItemBoost shoe = parts.of("shoe");
        assertEquals(2 * Math.log1p((0.5 + hat * 0.6) / mean), shoe.related(), 1e-6);
        assertEquals(Math.log((1 + 3 * fading) / (1 + fading)), shoe.popular(), 1e-6);
        assertEquals(0, shoe.repeat(), 0);
        assertEquals("hat", shoe.by(), "the one that brings most");
        assertEquals(3 * Math.log1p(1.5), parts.of("sock").repeat(), 1e-6);
        assertNull(parts.of("sock").by());
        assertEquals(ItemBoost.NONE, parts.of("anything else"));
        assertEquals(shoe.related() + shoe.popular(), shoe.sum(), 1e-6);
    }

    @Test
    void whatWeighsNothingIsNotThere() {
        EngagementSnapshot snapshot = snapshot(2, new EngagementSnapshot.Favourite("hit", 8));
        List<EngagedItem> own = List.of(new EngagedItem("sock", 0));
        Function<String, List<Neighbour>> all = item -> List.of(new Neighbour("shoe", 1));
        assertEquals(
            ItemBoosts.NONE, new BoostCalculator(ComponentWeights.CONTENT_ALONE, snapshot, DAY).of(own, all, 0)
        );
        assertEquals(
            List.of("sock"),
            List.copyOf(
                new BoostCalculator(new ComponentWeights(1, 1, 1, 1), null, DAY).of(own, all, 0).items().keySet()
            ), "without others only the own past is left"
        );
        assertEquals(
            List.of("hit"),
            List.copyOf(
                new BoostCalculator(new ComponentWeights(1, 1, 1, 1), snapshot, DAY).of(List.of(), UNKNOWN_USER, 0)
                    .items()
                    .keySet()
            ), "who did nothing has what is popular"
        );
    }

    @Test
    void nothingJumpsAtTheEndOfTheFavourites() {
        EngagementSnapshot snapshot = snapshot(
            500, new EngagementSnapshot.Favourite("a", 9), new EngagementSnapshot.Favourite("nearly", 1 + 1e-9)
        );
        ItemBoosts parts = new BoostCalculator(new ComponentWeights(1, 0, 1, 0), snapshot, DAY)
            .of(List.of(), UNKNOWN_USER, 0);
        assertEquals(0, parts.of("nearly").sum(), 1e-6);
        assertTrue(parts.of("a").sum() > 1);
    }

    @Test
    void aThousandItemsAtMostAndTheHeaviestOfThem() {
        Random random = new Random(1);
        List<EngagementSnapshot.Favourite> favourites = new ArrayList<>();
        for (int i = 0; i < EngagementSnapshot.MOST; i++) {
            favourites.add(new EngagementSnapshot.Favourite("f" + i, 1_000 - i));
        }
        List<EngagedItem> own = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            own.add(new EngagedItem("own" + random.nextInt(1_000), i * DAY / 10));
        }
        Function<String, List<Neighbour>> neighbours = item -> {
            List<Neighbour> fifty = new ArrayList<>();
            for (int i = 0; i < EngagementLearner.MOST_NEIGHBOURS; i++) {
                fifty.add(new Neighbour(item + " goes with " + i, 1f / (1 + i)));
            }
            return fifty;
        };
        EngagementSnapshot snapshot = new EngagementSnapshot(5_000, 1, 1, 0, 7 * DAY, favourites, 0);
        ItemBoosts parts = new BoostCalculator(new ComponentWeights(1, 1, 1, 1), snapshot, 30 * DAY)
            .of(own, neighbours, 200 * DAY);
        assertTrue(parts.items().size() <= ItemBoosts.MOST && parts.items().size() > 900, "" + parts.items().size());
        List<String> lately = BoostCalculator.lately(own);
        assertEquals(own.get(own.size() - 1).item(), lately.get(0));
        assertTrue(lately.size() <= BoostCalculator.ASKED);
        assertTrue(parts.of(lately.get(0) + " goes with 0").related() > 0, "the nearest of the latest is in it");
    }

    @Test
    void weightsAreFiniteAndNotAllZero() {
        assertEquals(
            "[interest] the weight of part [related] must be in [0,1000], but was [-1.0]",
            assertThrows(IllegalArgumentException.class, () -> new ComponentWeights(1, -1, 0, 0)).getMessage()
        );
        assertEquals(
            "[interest] the weight of part [repeat] must be in [0,1000], but was [NaN]",
            assertThrows(IllegalArgumentException.class, () -> new ComponentWeights(1, 0, 0, Double.NaN)).getMessage()
        );
        assertEquals(
            "[interest] one of [content, related, popular, repeat] must be above 0, but all are 0",
            assertThrows(IllegalArgumentException.class, () -> new ComponentWeights(0, 0, 0, 0)).getMessage()
        );
    }
}
