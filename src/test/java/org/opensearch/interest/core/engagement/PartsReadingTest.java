package org.opensearch.interest.core.engagement;

import org.junit.Test;
import org.opensearch.interest.core.ranking.ItemParts;
import org.opensearch.interest.core.ranking.PartWeights;
import org.opensearch.interest.core.ranking.Parts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class PartsReadingTest {
    private static final long DAY = 86_400_000L;
    private static final Function<String, List<Neighbour>> NOBODY = item -> List.of();

    private static Crowd crowd(int items, Crowd.Favourite... favourites) {
        return new Crowd(items, 100, 100, 0, 7 * DAY, List.of(favourites), 1);
    }

    @Test
    public void eachPartIsTheLogarithmItSays() {
        Crowd crowd = crowd(4, new Crowd.Favourite("hit", 8), new Crowd.Favourite("shoe", 3));
        Map<String, List<Neighbour>> neighbours = Map.of(
            "sock", List.of(new Neighbour("shoe", 0.5f)), "hat", List.of(new Neighbour("shoe", 0.6f), new Neighbour("scarf", 0.2f))
        );
        List<OwnItem> own = List.of(new OwnItem("sock", 0), new OwnItem("hat", 0), new OwnItem("sock", 10 * DAY));
        PartsReading reading = new PartsReading(new PartWeights(0.5, 2, 1, 3), crowd, 10 * DAY);
        Parts parts = reading.of(own, item -> neighbours.getOrDefault(item, List.of()), 10 * DAY);
        assertEquals(0.5f, parts.content(), 0);
        double fading = Math.pow(2, -10.0 / 7);
        assertEquals(Math.log((1 + 8 * fading) / (1 + fading)), parts.of("hit").popular(), 1e-6);
        // the hat is one event older than the sock
        double hat = Math.pow(2, -1.0 / 20);
        double mean = (0.5 + hat * 0.8) / 4;
        ItemParts shoe = parts.of("shoe");
        assertEquals(2 * Math.log1p((0.5 + hat * 0.6) / mean), shoe.related(), 1e-6);
        assertEquals(Math.log((1 + 3 * fading) / (1 + fading)), shoe.popular(), 1e-6);
        assertEquals(0, shoe.repeat(), 0);
        assertEquals("the one that brings most", "hat", shoe.by());
        assertEquals(3 * Math.log1p(1.5), parts.of("sock").repeat(), 1e-6);
        assertNull(parts.of("sock").by());
        assertEquals(ItemParts.NONE, parts.of("anything else"));
        assertEquals(shoe.related() + shoe.popular(), shoe.sum(), 1e-6);
    }

    @Test
    public void whatWeighsNothingIsNotThere() {
        Crowd crowd = crowd(2, new Crowd.Favourite("hit", 8));
        List<OwnItem> own = List.of(new OwnItem("sock", 0));
        Function<String, List<Neighbour>> all = item -> List.of(new Neighbour("shoe", 1));
        assertEquals(Parts.NONE, new PartsReading(PartWeights.CONTENT_ALONE, crowd, DAY).of(own, all, 0));
        assertEquals("without others only the own past is left", List.of("sock"),
            List.copyOf(new PartsReading(new PartWeights(1, 1, 1, 1), null, DAY).of(own, all, 0).items().keySet()));
        assertEquals("who did nothing has what is popular", List.of("hit"),
            List.copyOf(new PartsReading(new PartWeights(1, 1, 1, 1), crowd, DAY).of(List.of(), NOBODY, 0).items().keySet()));
    }

    @Test
    public void nothingJumpsAtTheEndOfTheFavourites() {
        Crowd crowd = crowd(500, new Crowd.Favourite("a", 9), new Crowd.Favourite("nearly", 1 + 1e-9));
        Parts parts = new PartsReading(new PartWeights(1, 0, 1, 0), crowd, DAY).of(List.of(), NOBODY, 0);
        assertEquals(0, parts.of("nearly").sum(), 1e-6);
        assertTrue(parts.of("a").sum() > 1);
    }

    @Test
    public void aThousandItemsAtMostAndTheHeaviestOfThem() {
        Random random = new Random(1);
        List<Crowd.Favourite> favourites = new ArrayList<>();
        for (int i = 0; i < Crowd.MOST; i++) {
            favourites.add(new Crowd.Favourite("f" + i, 1_000 - i));
        }
        List<OwnItem> own = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            own.add(new OwnItem("own" + random.nextInt(1_000), i * DAY / 10));
        }
        Function<String, List<Neighbour>> neighbours = item -> {
            List<Neighbour> fifty = new ArrayList<>();
            for (int i = 0; i < EngagementLearner.MOST_NEIGHBOURS; i++) {
                fifty.add(new Neighbour(item + " goes with " + i, 1f / (1 + i)));
            }
            return fifty;
        };
        Crowd crowd = new Crowd(5_000, 1, 1, 0, 7 * DAY, favourites, 0);
        Parts parts = new PartsReading(new PartWeights(1, 1, 1, 1), crowd, 30 * DAY).of(own, neighbours, 200 * DAY);
        assertTrue("" + parts.items().size(), parts.items().size() <= Parts.MOST && parts.items().size() > 900);
        List<String> lately = PartsReading.lately(own);
        assertEquals(own.get(own.size() - 1).item(), lately.get(0));
        assertTrue(lately.size() <= PartsReading.ASKED);
        assertTrue("the nearest of the latest is in it", parts.of(lately.get(0) + " goes with 0").related() > 0);
    }

    @Test
    public void weightsAreFiniteAndNotAllZero() {
        assertEquals("[interest] the weight of part [related] must be in [0,1000], but was [-1.0]",
            assertThrows(IllegalArgumentException.class, () -> new PartWeights(1, -1, 0, 0)).getMessage());
        assertEquals("[interest] the weight of part [repeat] must be in [0,1000], but was [NaN]",
            assertThrows(IllegalArgumentException.class, () -> new PartWeights(1, 0, 0, Double.NaN)).getMessage());
        assertEquals("[interest] one of [content, related, popular, repeat] must be above 0, but all are 0",
            assertThrows(IllegalArgumentException.class, () -> new PartWeights(0, 0, 0, 0)).getMessage());
    }
}
