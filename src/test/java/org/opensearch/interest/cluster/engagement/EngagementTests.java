package org.opensearch.interest.cluster.engagement;

import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.common.breaker.NoopCircuitBreaker;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.recommend.TransportRecommendAction;
import org.opensearch.interest.api.tracker.CatalogueWatcher;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportDeleteTrackerAction;
import org.opensearch.interest.api.user.TransportForgetUserAction;
import org.opensearch.interest.cluster.history.HistoryTestCase;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.tracking.SearchCounts;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tests learning co-engagement from all users' events, and ranking one user's items by it. */
public class EngagementTests extends HistoryTestCase {
    private static final String RELATED = ",\"blend\":{\"related\":1}";

    @Override
    public void setUp() throws Exception {
        super.setUp();
        item("sock", 0, -1, 0);
    }

    /** A breaker that counts as a real one does. */
    private static final class Breaker extends NoopCircuitBreaker {
        private final long limit;
        private long used;

        Breaker(long limit) {
            super("request");
            this.limit = limit;
        }

        @Override
        public synchronized double addEstimateBytesAndMaybeBreak(long bytes, String label) {
            if (used + bytes > limit) {
                throw new CircuitBreakingException("full", bytes, limit, Durability.TRANSIENT);
            }
            return used += bytes;
        }

        @Override
        public synchronized long addWithoutBreaking(long bytes) {
            return used += bytes;
        }
    }

    /** Four users engage with east and sock; north is unrelated to both. */
    private Tracker shop(Map<String, Object> extra) {
        Tracker tracker = tracker("shop", extra);
        for (int i = 0; i < 4; i++) {
            assertEquals(
                "aa",
                send(
                    "shop", event("buyer" + i, "purchase", "item", "east"),
                    event("buyer" + i, "purchase", "item", "sock")
                )
            );
        }
        assertEquals("a", send("shop", event("zoe", "click", "item", "east")));
        return tracker;
    }

    private EngagementBuilder.Result build(Tracker tracker) {
        NoopCircuitBreaker breaker = new NoopCircuitBreaker("request");
        return HistoryTestCase.<EngagementBuilder.Result>await(listener -> {
            getInstanceFromNode(EngagementBuilder.class).run(tracker, read -> {}, search -> {}, breaker, listener);
        });
    }

    private Map<String, SearchHit> search(String user, String more) throws IOException {
        client().admin().indices().prepareRefresh("products").get();
        String body = "{\"explain\":true,\"query\":{\"interest\":{\"tracker\":\"shop\",\"user\":\"" + user + "\"" + more
            + "}}}";
        try (XContentParser parser = JsonXContent.jsonXContent.createParser(
            getInstanceFromNode(NamedXContentRegistry.class), DeprecationHandler.IGNORE_DEPRECATIONS, body
        )) {
            SearchResponse response = client()
                .search(new SearchRequest("products").source(SearchSourceBuilder.fromXContent(parser)))
                .actionGet();
            assertEquals(0, response.getFailedShards());
            Map<String, SearchHit> hits = new HashMap<>();
            response.getHits().forEach(hit -> hits.put(hit.getId(), hit));
            return hits;
        }
    }

    private SearchResponse recommended(String user, Map<String, Object> body) {
        client().admin().indices().prepareRefresh("products").get();
        return client().execute(TransportRecommendAction.TYPE, new UserRequest("shop", user, body)).actionGet();
    }

    private float score(String user, String more, String item) throws IOException {
        return search(user, more).get(item).getScore();
    }

    private long contentAlone() {
        return getInstanceFromNode(SearchCounts.class).read().contentAlone();
    }

    private List<String> generations() {
        return getInstanceFromNode(InterestIndex.class).engagements("shop")
            .stream()
            .map(InterestIndex.EngagementIndex::name)
            .toList();
    }

    public void testWhatGoesTogetherRanksUp() throws Exception {
        Tracker tracker = shop(Map.of("blend", Map.of("related", 1)));
        Map<String, SearchHit> before = search("zoe", "");
        assertEquals(
            "content knows no difference", before.get("north").getScore(), before.get("sock").getScore(), 1e-5f
        );
        assertEquals("what is to count is not there", 1, contentAlone());

        assertEquals(new EngagementBuilder.Result(9, 2), build(tracker));
        Map<String, SearchHit> after = search("zoe", "");
        assertTrue(after.get("sock").getScore() > after.get("north").getScore() + 0.1f);
        assertEquals(before.get("north").getScore(), after.get("north").getScore(), 1e-4f);
        String told = after.get("sock").getExplanation().toString();
        assertTrue(
            told,
            told.contains(
                "related, engaged with by users who engaged with the user's items, most of all because of item [east]"
            )
        );
        assertEquals(1, contentAlone());
        assertEquals(
            "as a query says otherwise", before.get("sock").getScore(),
            score("zoe", ",\"blend\":{\"content\":1}", "sock"), 1e-4f
        );

        // an item without a vector keeps its boosts
        client().index(new IndexRequest("products").id("sock").source(Map.of("title", "sock"))).actionGet();
        assertTrue(score("zoe", "", "sock") > 0.6f);
        search("stranger", "").values().forEach(hit -> assertEquals("nobody stays plain", 1f, hit.getScore(), 0f));
    }

    @SuppressWarnings("unchecked")
    public void testARecommendationNamesTheItemThatBroughtIt() {
        build(shop(Map.of("blend", Map.of("related", 2, "popular", 0.5))));
        SearchResponse page = recommended("zoe", Map.of("explain", true, "diversity", 0));
        SearchHit first = page.getHits().getAt(0);
        assertEquals("sock", first.getId());
        Map<String, Object> because = (Map<String, Object>) first.getMetaFields().get("because").getValue();
        double interest = ((Number) because.get("interest")).doubleValue();
        assertEquals(first.getScore(), 0.5 + interest, 1e-6);
        double adds = 0;
        Map<String, Map<String, Object>> parts = new HashMap<>();
        for (Map<String, Object> part : (List<Map<String, Object>>) because.get("parts")) {
            adds += ((Number) part.get("adds")).doubleValue();
            parts.put((String) part.get("part"), part);
        }
        assertEquals("shares add up to the score", interest, adds, 1e-6);
        assertEquals("east", parts.get("related").get("item"));
        assertEquals("the item's own title", "east", parts.get("related").get("title"));
        assertTrue(((Number) parts.get("popular").get("adds")).doubleValue() > 0);
        // component weights of a single request
        Map<String, Object> body = Map
            .of("explain", true, "diversity", 0, "blend", Map.of("content", 1), "exclude_seen", false);
        assertEquals("east", recommended("zoe", body).getHits().getAt(0).getId());
    }

    public void testWhatAUserDoesCountsAtOnce() throws Exception {
        Tracker tracker = shop(Map.of());
        build(tracker);
        String repeat = ",\"blend\":{\"content\":0,\"repeat\":1}";
        send("shop", event("yan", "click", "item", "east"));
        assertTrue("no refresh has come yet", score("yan", repeat, "east") > 0.5f);
        assertEquals(0.5f, score("yan", repeat, "north"), 0f);
        assertTrue(score("yan", ",\"blend\":{\"content\":0,\"related\":1}", "sock") > 0.5f);
        send("shop", event("yan", "click", "item", "north"));
        assertTrue(score("yan", repeat, "north") > 0.5f);
        float once = score("zoe", repeat, "east");
        for (int i = 0; i < 3; i++) {
            send("shop", event("zoe", "click", "item", "east"));
        }
        HistoryTestCase.<Void>await(listener -> history().refresh(tracker, listener));
        assertTrue("and more the more often", score("zoe", repeat, "east") > once);
        assertTrue("nothing is missing", contentAlone() == 0);
    }

    public void testByDefaultNothingChanges() throws Exception {
        Tracker tracker = shop(Map.of());
        Map<String, SearchHit> before = search("zoe", "");
        build(tracker);
        Map<String, SearchHit> after = search("zoe", "");
        before.forEach((id, hit) -> assertEquals(hit.getScore(), after.get(id).getScore(), 1e-4f));
        assertFalse(after.get("sock").getExplanation().toString().contains("related"));
        assertTrue(score("zoe", RELATED, "sock") > after.get("sock").getScore());
        assertEquals(0, contentAlone());
    }

    public void testSeveralAtOnceDoNotDisturbEachOther() throws Exception {
        Tracker tracker = shop(Map.of("blend", Map.of("related", 1)));
        for (int round = 0; round < 3; round++) {
            List<PlainActionFuture<EngagementBuilder.Result>> all = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                PlainActionFuture<EngagementBuilder.Result> one = PlainActionFuture.newFuture();
                getInstanceFromNode(EngagementBuilder.class)
                    .run(tracker, read -> {}, search -> {}, new NoopCircuitBreaker("request"), one);
                all.add(one);
            }
            for (PlainActionFuture<EngagementBuilder.Result> one : all) {
                assertEquals(new EngagementBuilder.Result(9, 2), one.actionGet(60_000));
            }
            assertEquals("nothing is left behind", 1, generations().size());
            assertTrue(getInstanceFromNode(InterestIndex.class).engagements("shop").get(0).inUse());
            assertTrue(score("zoe", "", "sock") > 0.6f);
        }
        assertEquals(0, contentAlone());
    }

    public void testWithoutHistoryThereIsContent() throws Exception {
        Tracker tracker = tracker(
            "shop", Map.of("history", false, "blend", Map.of("related", 1, "popular", 1, "repeat", 1))
        );
        send("shop", event("zoe", "click", "item", "east"));
        assertEquals(new EngagementBuilder.Result(0, 0), build(tracker));
        assertEquals(List.of(), generations());
        assertTrue(score("zoe", "", "east") > score("zoe", "", "north"));
        String others = ",\"blend\":{\"content\":0,\"related\":1}";
        assertTrue("better than no order", score("zoe", others, "east") > score("zoe", others, "north"));
        assertEquals("that was a wish, and no failure", 0, contentAlone());
    }

    public void testAGenerationTakesThePlaceOfTheOneBeforeAndAllGoWithTheTracker() throws Exception {
        Tracker tracker = shop(Map.of("blend", Map.of("related", 1)));
        build(tracker);
        assertEquals(List.of(".plugins-interest-engagement-shop-1"), generations());
        float one = score("zoe", "", "sock");
        send("shop", event("buyer1", "purchase", "item", "up"), event("zoe", "view", "item", "up"));
        build(tracker);
        assertEquals(List.of(".plugins-interest-engagement-shop-2"), generations());
        assertTrue(getInstanceFromNode(EngagementStore.class).exists(tracker));
        assertNotEquals(one, score("zoe", "", "sock"), 1e-6f);
        client().execute(TransportDeleteTrackerAction.TYPE, new TrackerRequest("shop", Map.of())).actionGet();
        assertEquals(List.of(), generations());
        assertFalse(getInstanceFromNode(EngagementStore.class).exists(tracker));
    }

    public void testHoldsNobodyAndForgetsWithTheNextBuild() {
        Tracker tracker = shop(Map.of());
        build(tracker);
        client().admin().indices().prepareRefresh(".plugins-interest-engagement-shop-1").get();
        SearchHit[] all = client().prepareSearch(".plugins-interest-engagement-shop-1").get().getHits().getHits();
        assertEquals(3, all.length);
        for (SearchHit document : all) {
            assertFalse(document.getSourceAsString().contains("buyer") || document.getSourceAsString().contains("zoe"));
            assertFalse(document.getSourceAsString().contains(ProfileId.of(tracker, new UserId("zoe"))));
        }
        for (int i = 0; i < 4; i++) {
            client().execute(TransportForgetUserAction.TYPE, new UserRequest("shop", "buyer" + i, Map.of()))
                .actionGet();
        }
        assertEquals(new EngagementBuilder.Result(1, 1), build(tracker));
        client().execute(TransportForgetUserAction.TYPE, new UserRequest("shop", "zoe", Map.of())).actionGet();
        assertEquals(new EngagementBuilder.Result(0, 0), build(tracker));
        assertEquals("nothing is left to know", List.of(), generations());
    }

    public void testABuildThatIsStoppedLeavesWhatWasThereAndGivesTheHeapBack() throws Exception {
        Tracker tracker = shop(Map.of());
        build(tracker);
        EngagementBuilder engagement = getInstanceFromNode(EngagementBuilder.class);
        Breaker roomy = new Breaker(Long.MAX_VALUE);
        AtomicLong taken = new AtomicLong();
        assertEquals(
            "enough", expectThrows(
                TaskCancelledException.class, () -> HistoryTestCase.<EngagementBuilder.Result>await(listener -> {
                    engagement.run(tracker, read -> {
                        taken.set(roomy.used);
                        throw new TaskCancelledException("enough");
                    }, search -> {}, roomy, listener);
                })
            ).getMessage()
        );
        assertTrue("it had taken some", taken.get() > 0);
        assertEquals(0, roomy.used);
        Breaker narrow = new Breaker(100);
        expectThrows(CircuitBreakingException.class, () -> HistoryTestCase.<EngagementBuilder.Result>await(listener -> {
            engagement.run(tracker, read -> {}, search -> {}, narrow, listener);
        }));
        assertEquals(0, narrow.used);
        assertEquals(List.of(".plugins-interest-engagement-shop-1"), generations());
        assertTrue(score("zoe", RELATED, "sock") > 0.6f);
    }

    public void testAnEvaluationsWeightsComeWithItsEvidenceUntilSomebodyChangesThem() {
        Tracker tracker = shop(Map.of());
        Tracker.Tuned evidence = new Tracker.Tuned("report", "ndcg@10", 0.1, 0.2, 0.05, 0.15, 1_000);
        Tracker better = tracker.withBlend(new ComponentWeights(1, 0.5, 0.25, 0)).withTuned(evidence);
        TrackerStore trackers = getInstanceFromNode(TrackerStore.class);
        HistoryTestCase.<Void>await(listener -> trackers.tune(tracker, better, listener));
        Tracker now = HistoryTestCase.<Tracker>await(listener -> trackers.get("shop", listener));
        assertEquals(better.blend(), now.blend());
        assertEquals(evidence, now.tuned());
        assertNull("other weights are no evaluation's", tracker("shop", Map.of("blend", Map.of("related", 3))).tuned());
    }

    public void testStrangersGetWhatIsPopularAsItWasLearned() {
        Tracker tracker = shop(Map.of());
        send("shop", event("zoe", "click", "item", "up"));
        build(tracker);
        SearchResponse page = recommended("stranger", Map.of("explain", true, "diversity", 0));
        assertEquals("east", page.getHits().getAt(0).getId());
        assertEquals("five times, hardly faded", 5f, page.getHits().getAt(0).getScore(), 0.01f);
        assertEquals(Map.of("kind", "popular"), page.getHits().getAt(0).getMetaFields().get("because").getValue());
        assertEquals("sock", page.getHits().getAt(1).getId());
    }

    public void testTheWatchLearnsByItself() throws Exception {
        Tracker tracker = shop(Map.of("blend", Map.of("popular", 1)));
        EngagementStore store = getInstanceFromNode(EngagementStore.class);
        // the history shows its events within a second
        assertBusy(() -> {
            getInstanceFromNode(CatalogueWatcher.class).look();
            assertTrue(store.exists(tracker));
        }, 60, TimeUnit.SECONDS);
        send("shop", event("new", "click", "item", "up"), event("new", "click", "item", "north"));
        assertBusy(() -> {
            getInstanceFromNode(CatalogueWatcher.class).look();
            Optional<EngagementStore.Found> found = HistoryTestCase
                .await(listener -> store.get(tracker, List.of(), listener));
            assertEquals(11, found.orElseThrow().snapshot().seen());
        }, 60, TimeUnit.SECONDS);
    }
}
