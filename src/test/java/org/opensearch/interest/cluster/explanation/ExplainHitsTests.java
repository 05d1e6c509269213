package org.opensearch.interest.cluster.explanation;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.action.support.ActionRequestMetadata;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.recommend.TransportRecommendAction;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.api.user.TransportDeleteEventAction;
import org.opensearch.interest.search.pipeline.SearchPipelineTestCase;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.SearchHit;
import org.opensearch.tasks.Task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tests that explanations of recommendations and searches are true. */
public class ExplainHitsTests extends SearchPipelineTestCase {
    private static final String EXPLAIN = "{\"interest_explain\":{}}";
    private static final String MATCH = "\"query\":{\"match\":{\"title\":\"bread mug\"}}";
    private static final long HOUR = 3_600_000L;

    private final long start = System.currentTimeMillis() - 200 * HOUR;

    /** Rejects explanations for a user called "secret". */
    public static class Refusing extends Plugin implements ActionPlugin {
        @Override
        public List<ActionFilter> getActionFilters() {
            return List.of(new ActionFilter() {
                @Override
                public int order() {
                    return 0;
                }

                @Override
                public <Request extends ActionRequest, Response extends ActionResponse> void apply(
                    Task task, String action, Request request, ActionRequestMetadata<Request, Response> metadata,
                    ActionListener<Response> listener, ActionFilterChain<Request, Response> chain
                ) {
                    if (request instanceof ExplainHitsRequest because && because.user.equals("secret")) {
                        listener.onFailure(new IllegalStateException("no"));
                    } else {
                        chain.proceed(task, action, request, listener);
                    }
                }
            });
        }
    }

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.getPlugins());
        plugins.add(Refusing.class);
        return plugins;
    }

    private void did(String tracker, String user, String... deeds) {
        for (int i = 0; i < deeds.length; i++) {
            String[] deed = deeds[i].split(":", 0);
            Map<String, Object> event = new HashMap<>(
                Map.of("user", user, "type", deed[0], "id", "e" + i, "timestamp", start + i * 10L * HOUR)
            );
            event.put(deed[0].equals("search") ? "text" : "item", deed[1]);
            event(tracker, event);
        }
    }

    private void several(String tracker, String user) {
        did(
            tracker, user, "click:bread0", "click:bread1", "search:bread", "purchase:bread2", "click:mug1", "view:mug1",
            "dislike:shoe3", "click:mug5", "click:bread1"
        );
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> because(SearchHit hit) {
        return (Map<String, Object>) hit.getMetaFields().get("because").getValue();
    }

    private static double number(Map<String, Object> json, String key) {
        return ((Number) json.get(key)).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> json, String key) {
        return (List<Map<String, Object>>) json.get(key);
    }

    private static void assertAddsUp(SearchHit hit) {
        Map<String, Object> because = because(hit);
        assertEquals(hit.getScore(), number(because, "score"), 0);
        assertEquals(hit.getScore(), number(because, "relevance") + number(because, "interest"), 1e-6);
        if (because.containsKey("parts")) {
            assertEquals(
                number(because, "interest"),
                list(because, "parts").stream().mapToDouble(part -> number(part, "adds")).sum(), 1e-6
            );
            double shares = list(because, "events").stream().mapToDouble(event -> number(event, "share")).sum();
            assertEquals(1, shares + number(because, "others"), 1e-6);
            assertTrue("" + because, list(because, "events").size() <= 3);
        }
    }

    private SearchHit recommended(String tracker, String user, String id) {
        Map<String, Object> body = Map.of("size", 30, "explain", true, "diversity", 0);
        SearchResponse response = client().execute(TransportRecommendAction.TYPE, new UserRequest(tracker, user, body))
            .actionGet();
        for (SearchHit hit : response.getHits()) {
            assertAddsUp(hit);
            if (hit.getId().equals(id)) {
                return hit;
            }
        }
        throw new AssertionError("[" + id + "] is not recommended");
    }

    private void deletion(String tracker, String user, int event) {
        client().execute(TransportDeleteEventAction.TYPE, new UserRequest(tracker, user, Map.of("id", "e" + event)))
            .actionGet();
    }

    public void testARecommendationNamesThePastThatCarriesIt() {
        several("shop", "zoe");
        Map<String, Object> because = because(recommended("shop", "zoe", "bread4"));
        assertEquals("interest", because.get("kind"));
        assertEquals(0.5, number(because, "relevance"), 1e-6);
        Map<String, Object> first = list(because, "events").get(0);
        assertEquals("purchase", first.get("type"));
        assertEquals("bread2", first.get("item"));
        assertEquals("bread thing", first.get("title"));
        assertEquals(1, first.get("count"));
        assertTrue(list(because, "events").stream().allMatch(event -> number(event, "share") > 0));
        Map<?, ?> topic = (Map<?, ?>) because.get("topic");
        assertTrue("" + because, topic.get("label").toString().contains("bread"));
        // two clicks on one item are one citation
        assertTrue("" + because, list(because, "events").stream().anyMatch(event -> event.get("count").equals(2)));
        assertTrue("" + because, number(because(recommended("shop", "zoe", "shoe4")), "interest") < 0);
    }

    /** Tests that the announced score is the one after the cited events are deleted. */
    private void assertComesTrue(String tracker, String user, String item, String[] deeds) {
        Map<String, Object> because = because(recommended(tracker, user, item));
        double stated = number(cast(because.get("without")), "score");
        assertTrue("it matters: " + because, Math.abs(stated - number(because, "score")) > 1e-3);
        List<Map<String, Object>> cited = list(because, "events");
        for (int i = 0; i < deeds.length; i++) {
            String[] deed = deeds[i].split(":", 0);
            for (Map<String, Object> event : cited) {
                if (event.get("type").equals(deed[0])
                    && deed[1].equals(event.getOrDefault("item", event.get("text")))) {
                    deletion(tracker, user, i);
                }
            }
        }
        assertEquals("" + because, stated, recommended(tracker, user, item).getScore(), 1e-4);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object json) {
        return (Map<String, Object>) json;
    }

    public void testWithoutTheCitedEventsTheScoreIsWhatItSays() {
        String[] deeds = { "click:bread0", "click:mug1", "search:bread", "purchase:bread2", "click:mug5",
            "dislike:shoe3", "click:mug7", "view:bread9" };
        did("shop", "zoe", deeds);
        assertComesTrue("shop", "zoe", "bread4", deeds);
        did("shop", "yan", deeds);
        assertComesTrue("shop", "yan", "mug2", deeds);
    }

    public void testAlsoWhereTheHistoryIsNotWhole() {
        Map<String, Object> items = Map.of("index", "items", "title_field", "title");
        Map<String, Object> tracker = Map.of("items", items, "geometry", "off", "history", Map.of("retention", "7d"));
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("brief", tracker)).actionGet();
        String[] deeds = { "click:mug0", "click:bread0", "click:bread2", "click:bread3", "click:bread5", "click:mug3",
            "click:mug4" };
        // the first three are older than the retention
        did("brief", "zoe", deeds);
        assertComesTrue("brief", "zoe", "bread4", deeds);
    }

    public void testWithoutHistoryTopicsRememberAFew() {
        Map<String, Object> items = Map.of("index", "items", "title_field", "title");
        client()
            .execute(
                TransportPutTrackerAction.TYPE,
                new TrackerRequest("forgetful", Map.of("items", items, "geometry", "off", "history", false))
            )
            .actionGet();
        several("forgetful", "zoe");
        Map<String, Object> because = because(recommended("forgetful", "zoe", "bread4"));
        assertFalse(list(because, "events").isEmpty());
        assertEquals("purchase", list(because, "events").get(0).get("type"));
        assertFalse(because.containsKey("without"));
    }

    public void testAPersonalSearchSaysWhy() throws Exception {
        several("shop", "zoe");
        String window = "\"weight\":0.4,\"window\":30";
        for (String options : List.of("\"weight\":0.4", window, window + ",\"blend\":\"min_max\"", "\"weight\":1")) {
            String pipeline = pipeline(personalize("\"tracker\":\"shop\"," + options), EXPLAIN);
            SearchResponse response = search(
                pipeline, MATCH + ",\"size\":4,\"highlight\":{\"fields\":{\"title\":{}}}," + forUser("zoe")
            );
            assertEquals(4, response.getHits().getHits().length);
            for (SearchHit hit : response.getHits()) {
                assertAddsUp(hit);
                assertTrue(options + because(hit), number(because(hit), "interest") > 0);
                assertFalse(list(because(hit), "events").isEmpty());
                assertTrue("what else a hit has stays", hit.getHighlightFields().containsKey("title"));
                assertTrue(hit.hasSource());
            }
        }
        assertEquals(4, counts().explained());
    }

    public void testRelevanceAndInterestAreThoseOfTheBlend() throws Exception {
        several("shop", "zoe");
        SearchHit hit = search(
            pipeline(personalize("\"tracker\":\"shop\",\"weight\":0.4"), EXPLAIN),
            MATCH + ",\"explain\":true,\"size\":1," + forUser("zoe")
        ).getHits().getAt(0);
        SearchHit plain = search(null, MATCH + ",\"size\":30").getHits().getHits()[0];
        for (SearchHit one : search(null, MATCH + ",\"size\":30").getHits()) {
            plain = one.getId().equals(hit.getId()) ? one : plain;
        }
        assertEquals(hit.getId(), plain.getId());
        assertEquals(Math.pow(plain.getScore(), 0.6) * Math.pow(0.5, 0.4), number(because(hit), "relevance"), 1e-4);
        // the explanation tree of the shards has the same contributions
        double interest = number(because(hit), "interest");
        for (Map<String, Object> part : list(because(hit), "parts")) {
            if (part.get("part").equals("dynamic")) {
                double adds = hit.getExplanation()
                    .toString()
                    .lines()
                    .filter(line -> line.contains("added by the dynamic interest"))
                    .mapToDouble(line -> Double.parseDouble(line.trim().split(" ", 0)[0]))
                    .findFirst()
                    .orElseThrow();
                double all = hit.getExplanation()
                    .toString()
                    .lines()
                    .filter(line -> line.contains("distance from the neutral 0.5"))
                    .mapToDouble(line -> Double.parseDouble(line.trim().split(" ", 0)[0]))
                    .findFirst()
                    .orElseThrow();
                assertEquals(adds / all, number(part, "share"), 1e-3);
            }
        }
        assertTrue(interest > 0);
    }

    public void testAnInterestQueryIsExplainedAsWellAndOthersPass() throws Exception {
        several("shop", "zoe");
        String query = "\"size\":3,\"query\":{\"interest\":{\"tracker\":\"shop\",\"user\":\"zoe\",\"weight\":0.5,\"boost\":3,"
            + "\"query\":{\"match\":{\"title\":\"thing\"}}}}";
        for (SearchHit hit : search(pipeline("", EXPLAIN), query).getHits()) {
            assertAddsUp(hit);
            assertFalse(list(because(hit), "events").isEmpty());
        }
        for (String body : List.of(MATCH, MATCH + "," + forUser("stranger"), "\"size\":0," + MATCH)) {
            for (SearchHit hit : search(pipeline(personalize("\"tracker\":\"shop\""), EXPLAIN), body).getHits()) {
                assertTrue(hit.getMetaFields().isEmpty());
            }
        }
    }

    public void testOnlyThePageOfAWindowIsExplained() throws Exception {
        several("shop", "zoe");
        String diversify = "{\"interest_diversify\":{\"tracker\":\"shop\",\"diversity\":0.5,\"window\":20}}";
        String pipeline = pipeline(personalize("\"tracker\":\"shop\"") + "," + diversify, EXPLAIN + "," + diversify);
        SearchResponse response = search(pipeline, MATCH + ",\"from\":2,\"size\":3," + forUser("zoe"));
        assertEquals(3, response.getHits().getHits().length);
        response.getHits().forEach(ExplainHitsTests::assertAddsUp);
    }

    public void testWhereTheStoryFailsThePageStays() throws Exception {
        several("shop", "secret");
        String personal = personalize("\"tracker\":\"shop\"");
        String body = MATCH + ",\"size\":3," + forUser("secret");
        assertEquals(ids(search(pipeline(personal, ""), body)), ids(search(pipeline(personal, EXPLAIN), body)));
        assertEquals(1, counts().notExplained());
        SearchResponse page = client()
            .execute(TransportRecommendAction.TYPE, new UserRequest("shop", "secret", Map.of("explain", true)))
            .actionGet();
        assertTrue(page.getHits().getHits().length > 0);
        assertEquals(2, counts().notExplained());
        assertEquals(0, counts().explained());
    }

    public void testTakesNoOptions() {
        Exception refused = expectThrows(
            Exception.class, () -> search(pipeline("", "{\"interest_explain\":{\"how\":1}}"), MATCH)
        );
        assertTrue(refused.toString(), refused.toString().contains("how"));
        client().search(new SearchRequest("items")).actionGet();
    }
}
