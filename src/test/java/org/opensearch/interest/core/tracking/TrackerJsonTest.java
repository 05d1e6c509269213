package org.opensearch.interest.core.tracking;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.profile.HalfLives;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.search.query.Strategy;

import java.util.HashMap;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TrackerJsonTest {
    private static final Map<String, Object> ITEMS = Map.of("index", "products");

    private static Tracker read(Object... keysAndValues) {
        Map<String, Object> json = new HashMap<>(Map.of("items", ITEMS));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            json.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return TrackerJson.read("shop", "uid", json);
    }

    private static void assertRefused(String reason, Object... keysAndValues) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> read(keysAndValues));
        assertTrue(e.getMessage().startsWith("[interest] "), e.getMessage());
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void onlyItemsAreNeededAndWhatIsShownCanBeSentBack() {
        Tracker tracker = read();
        assertEquals("embedding", tracker.items().vectorField());
        assertEquals(4.0, tracker.signals().get("purchase"), 0);
        assertEquals(tracker, TrackerJson.read("shop", "uid", TrackerJson.write(tracker)));
    }

    @Test
    void readsWhatIsGiven() {
        Tracker tracker = read(
            "signals", Map.of("share", 3, "view", 0.1), "short_term", Map.of("half_life", "6h"), "long_term",
            Map.of("half_life", "1.5d"), "alpha", 1, "geometry", "off", "topics", Map.of("max", 3)
        );
        assertEquals(new HalfLives(6 * 3_600_000L, 36 * 3_600_000L), tracker.halfLives());
        assertEquals(3.0, tracker.signals().get("share"), 0);
        assertEquals(0.1, tracker.signals().get("view"), 0);
        assertEquals(1.0, tracker.signals().get("click"), 0);
        assertEquals(new Tracker.Topics(3, 0.35), tracker.topics());
        assertEquals(tracker, TrackerJson.read("shop", "uid", TrackerJson.write(tracker)));
        assertEquals(Map.of("half_life", "36h"), TrackerJson.write(tracker).get("long_term"));
    }

    @Test
    void contentCountsAloneUnlessSomethingElseIsSaid() {
        assertEquals(ComponentWeights.CONTENT_ALONE, read().blend());
        assertEquals(
            Map.of("content", 1.0, "related", 0.0, "popular", 0.0, "repeat", 0.0),
            TrackerJson.write(read()).get("blend")
        );
        Tracker blended = read("blend", Map.of("content", 0, "related", 0.5, "repeat", 2));
        assertEquals(new ComponentWeights(0, 0.5, 0, 2), blended.blend());
        assertEquals(blended, TrackerJson.read("shop", "uid", TrackerJson.write(blended)));
        assertFalse(read().readsAs(blended), "evidence is for all settings together");
        assertRefused(
            "[blend.popular] of tracker must be a number in [0,1000], but was [-0.1]", "blend", Map.of("popular", -0.1)
        );
        assertRefused(
            "[blend.related] of tracker must be a number in [0,1000], but was [NaN]", "blend",
            Map.of("related", Double.NaN)
        );
        assertRefused(
            "[blend.content] of tracker must be above 0 where all other weights of the blend are 0", "blend",
            Map.of("content", 0)
        );
        assertRefused("unknown key [blend.trendy] in tracker: allowed are", "blend", Map.of("trendy", 1));
        assertRefused("[blend] of tracker must be an object, but was [1]", "blend", 1);
    }

    @Test
    void aFitIsShownAndNotConfigured() {
        Tracker fitted = read().withFit(new Tracker.Fit(7, 1_200));
        assertEquals(7L, TrackerJson.show(fitted).get("geometry_version"));
        assertEquals(0L, TrackerJson.show(fitted.withFit(fitted.fit().forgotten())).get("geometry_version"));
        assertEquals(read(), TrackerJson.read("shop", "uid", TrackerJson.show(fitted)));
        assertFalse(TrackerJson.show(fitted).containsKey("model_version"), "not known");
        Tracker known = fitted.withFit(fitted.fit().next(5, "abcd"));
        assertEquals("abcd", TrackerJson.show(known).get("model_version"));
        assertEquals(read(), TrackerJson.read("shop", "uid", TrackerJson.show(known)));
        assertFalse(
            TrackerJson.show(known.withFit(known.fit().forgotten())).containsKey("model_version"),
            "other items, other vectors"
        );
        assertRefused("[geometry_version] of tracker must be a whole number", "geometry_version", "new");
    }

    @Test
    void aCatalogueIsAnotherWhenItChangedByHalf() {
        Tracker.Fit fit = new Tracker.Fit(1, 100);
        assertFalse(fit.outgrownBy(100));
        assertFalse(fit.outgrownBy(149));
        assertFalse(fit.outgrownBy(51));
        assertTrue(fit.outgrownBy(150));
        assertTrue(fit.outgrownBy(50));
        assertFalse(fit.outgrownBy(0), "an empty catalogue has nothing to fit to");
        assertTrue(Tracker.Fit.NONE.outgrownBy(1));
        assertFalse(Tracker.Fit.NONE.outgrownBy(0));
    }

    @Test
    void aSignalMayFadeAtAPaceOfItsOwn() {
        Tracker tracker = read(
            "signals",
            Map.of("view", Map.of("weight", 0.25, "half_life", "7d"), "search", Map.of("half_life", "2d"), "wish", 3)
        );
        assertEquals(0.25, tracker.signals().get("view"), 0);
        assertEquals(1.0, tracker.signals().get("search"), 0);
        assertEquals(7 * 86_400_000L, tracker.halfLives().of("view"));
        assertEquals(365 * 86_400_000L, tracker.halfLives().of("wish"));
        assertEquals(
            86_400_000L, tracker.halfLives().of("impression"), "what was passed over is forgotten with the day"
        );
        assertEquals(
            Map.of("weight", 0.25, "half_life", "7d"),
            ((Map<?, ?>) TrackerJson.write(tracker).get("signals")).get("view")
        );
        assertEquals(3.0, ((Map<?, ?>) TrackerJson.write(tracker).get("signals")).get("wish"));
        assertEquals(tracker, TrackerJson.read("shop", "uid", TrackerJson.write(tracker)));
    }

    @Test
    void userIdsAreHashedWhereTheTrackerSaysSo() {
        assertFalse(read().hashUserIds());
        Tracker tracker = read("privacy", Map.of("hash_user_ids", true));
        assertTrue(tracker.hashUserIds());
        assertEquals(tracker, TrackerJson.read("shop", "uid", TrackerJson.write(tracker)));
    }

    @Test
    void historyIsKeptForAYearUnlessSaidOtherwise() {
        assertEquals(Map.of("enabled", true, "retention", "365d"), TrackerJson.write(read()).get("history"));
        assertEquals(new Tracker.History(false, 365L * 86_400_000L), read("history", false).history());
        assertEquals(new Tracker.History(true, 365L * 86_400_000L), read("history", true).history());
        assertEquals(
            new Tracker.History(false, 3_600_000L),
            read("history", Map.of("enabled", false, "retention", "1h")).history()
        );
        assertEquals(
            read("history", false), TrackerJson.read("shop", "uid", TrackerJson.write(read("history", false)))
        );
        assertRefused(
            "[history.enabled] of tracker must be true or false, but was [perhaps]", "history",
            Map.of("enabled", "perhaps")
        );
        assertRefused(
            "[history.retention] of tracker must be a time longer than 0", "history", Map.of("retention", "-1d")
        );
        assertRefused("[history] of tracker must be an object, but was [5]", "history", 5);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Map<String, Object> fourPaces = new HashMap<>();
        for (String days : java.util.List.of("1d", "2d", "3d", "4d")) {
            fourPaces.put("own" + days, Map.of("weight", 1, "half_life", days));
        }
        assertRefused(
            "[signals] of tracker may have at most [3] different half-lives beside [long_term], but have [1d, 2d, 3d, 4d]",
            "signals", fourPaces
        );
        assertRefused(
            "[signals.view.half_life] of tracker must be a time longer than 0", "signals",
            Map.of("view", Map.of("half_life", "soon"))
        );
        assertRefused("unknown key [signals.view.halflife]", "signals", Map.of("view", Map.of("halflife", "5d")));
        assertRefused(
            "[signals.wish.weight] of tracker is missing", "signals", Map.of("wish", Map.of("half_life", "5d"))
        );
        assertRefused(
            "[signals.impression] of tracker must be a number in [-1000000,0], but was [1]", "signals",
            Map.of("impression", 1)
        );
        assertRefused(
            "[privacy.hash_user_ids] of tracker must be true or false", "privacy", Map.of("hash_user_ids", "yes")
        );

        assertRefused("[items] of tracker must be an object, but was [null]", "items", null);
        assertRefused("[items.index] of tracker is missing", "items", Map.of());
        assertRefused("unknown key [items.indx]", "items", Map.of("index", "p", "indx", "q"));
        assertRefused("unknown key [alhpa] in tracker: allowed are [", "alhpa", 0.3);
        assertRefused("[alpha] of tracker must be a number in [0,1], but was [1.5]", "alpha", 1.5);
        assertRefused(
            "[short_term.half_life] of tracker must be a time longer than 0", "short_term", Map.of("half_life", "0d")
        );
        assertRefused("[-5d]", "long_term", Map.of("half_life", "-5d"));
        assertRefused("[forever]", "long_term", Map.of("half_life", "forever"));
        assertRefused("unknown key [short_term.half_live]", "short_term", Map.of("half_live", "5d"));
        assertRefused("[signals.view] of tracker must be a number", "signals", Map.of("view", "a lot"));
        assertRefused(
            "[topics.max] of tracker must be a whole number in [1,64], but was [0]", "topics", Map.of("max", 0)
        );
        assertRefused("[geometry] of tracker must be one of [auto, off]", "geometry", "round");
        assertRefused("[tracker] of tracker must be [shop], as in the path", "tracker", "other");
    }

    private static Map<String, Object> share(double share, Object... more) {
        Map<String, Object> variant = new HashMap<>(Map.of("share", share));
        for (int i = 0; i < more.length; i += 2) {
            variant.put((String) more[i], more[i + 1]);
        }
        return variant;
    }

    private static Map<String, Object> experiment(Object variants, Object... more) {
        Map<String, Object> experiment = new HashMap<>(Map.of("name", "warm", "variants", variants));
        for (int i = 0; i < more.length; i += 2) {
            experiment.put((String) more[i], more[i + 1]);
        }
        return experiment;
    }

    @Test
    void anExperimentIsReadAndShownWithItsControl() {
        Map<String, Object> personal = share(0.5, "weight", 0.5, "diversity", 0.2, "strategy", "ann");
        Map<String, Object> variants = Map.of("plain", share(0.5, "weight", 0), "personal", personal);
        Tracker tracker = read("experiment", experiment(variants));
        assertEquals(tracker, TrackerJson.read("shop", "uid", TrackerJson.write(tracker)));
        assertEquals("plain", tracker.experiment().control(), "the least personal is what others are compared with");
        assertEquals(0.5, tracker.experiment().variant("personal").orElseThrow().weight(), 0);
        assertFalse(tracker.experiment().interleave());
        assertEquals(
            "personal", read("experiment", experiment(variants, "control", "personal")).experiment().control()
        );
        assertTrue(read("experiment", experiment(variants, "interleave", true)).experiment().interleave());
        assertEquals(
            tracker.experiment(), tracker.withFit(new Tracker.Fit(1, 2)).experiment(),
            "what a fit or a key changes is not the experiment"
        );
        assertEquals(null, read().experiment());
        for (Strategy strategy : Strategy.values()) {
            read("experiment", experiment(Map.of("a", share(0.5, "strategy", strategy.spelling()), "b", share(0.5))));
        }
    }

    @Test
    void aWrongExperimentIsRefusedByName() {
        Map<String, Object> half = share(0.5);
        Map<String, Object> fine = Map.of("a", half, "b", half);
        assertRefused("[experiment] of tracker must be an object, but was [warm]", "experiment", "warm");
        assertRefused(
            "[experiment.name] of tracker is missing: it must be the experiment's name", "experiment",
            Map.of("variants", fine)
        );
        assertRefused(
            "[experiment.variants] of tracker is missing: it must be an object of 2 to 8 variants", "experiment",
            Map.of("name", "x")
        );
        assertRefused(
            "must be an object of 2 to 8 variants by name, but was [{a={share=0.5}}]", "experiment",
            experiment(Map.of("a", half))
        );
        Map<String, Object> nine = new HashMap<>();
        for (int i = 0; i < 9; i++) {
            nine.put("v" + i, share(1 / 9.0));
        }
        assertRefused(
            "[experiment.variants] of tracker must be an object of 2 to 8 variants by name", "experiment",
            experiment(nine)
        );
        assertRefused(
            "[experiment.variants] of tracker must have shares that add up to 1, but they add up to [0.9]",
            "experiment", experiment(Map.of("a", half, "b", share(0.4)))
        );
        assertRefused(
            "[experiment.variants.b.share] of tracker is missing", "experiment",
            experiment(Map.of("a", half, "b", Map.of()))
        );
        assertRefused(
            "[experiment.variants.b.share] of tracker must be a number in (0,1], but was [0.0]", "experiment",
            experiment(Map.of("a", share(1), "b", share(0)))
        );
        assertRefused(
            "[experiment.variants.b.weight] of tracker must be a number in [0,1], but was [2]", "experiment",
            experiment(Map.of("a", half, "b", share(0.5, "weight", 2)))
        );
        assertRefused(
            "[experiment.variants.b.strategy] of tracker must be one of [auto, exact, ann], but was [fast]",
            "experiment", experiment(Map.of("a", half, "b", share(0.5, "strategy", "fast")))
        );
        assertRefused(
            "[experiment.variants.interleaved] of tracker must be called something else", "experiment",
            experiment(Map.of("a", half, "interleaved", half))
        );
        assertRefused(
            "[experiment.control] of tracker must be one of [", "experiment", experiment(fine, "control", "c")
        );
        assertRefused(
            "[experiment.interleave] of tracker may be true where there are exactly 2 variants, but there are [3]",
            "experiment", experiment(Map.of("a", half, "b", share(0.25), "c", share(0.25)), "interleave", true)
        );
        assertRefused(
            "unknown key [experiment.variants.b.wieght]", "experiment",
            experiment(Map.of("a", half, "b", share(0.5, "wieght", 1)))
        );
    }
}
