package org.opensearch.interest.api.recommend;

import org.opensearch.common.settings.Settings;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.user.TransportPutUserAction;
import org.opensearch.interest.search.pipeline.SearchPipelineTestCase;
import org.opensearch.transport.client.node.NodeClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Tests of recommendations through REST. */
public class RecommendTests extends SearchPipelineTestCase {
    private RestCall.Answer ask(String user, String body) throws Exception {
        return new RestCall(getInstanceFromNode(NodeClient.class), new RestRecommendAction())
            .post("/_plugins/_interest/trackers/shop/users/" + user + "/_recommend", body);
    }

    private List<Map<?, ?>> hits(String user, String body) throws Exception {
        RestCall.Answer answer = ask(user, body);
        assertEquals(answer.json().toString(), 200, answer.status());
        List<Map<?, ?>> hits = new ArrayList<>();
        for (Object hit : (List<?>) ((Map<?, ?>) answer.json().get("hits")).get("hits")) {
            hits.add((Map<?, ?>) hit);
        }
        return hits;
    }

    private List<String> recommended(String user, String body) throws Exception {
        return hits(user, body).stream().map(hit -> (String) hit.get("_id")).toList();
    }

    public void testTheUsersTopicsComeFirstWithoutWhatTheyKnow() throws Exception {
        List<String> ids = recommended("ann", "{\"size\":5,\"diversity\":0}");
        assertEquals(5, ids.size());
        assertTrue("" + ids, ids.stream().allMatch(id -> id.startsWith("bread")));
        // events become visible in the history within a second
        assertBusy(() -> {
            List<String> unseen = recommended("ann", "{\"size\":100}");
            assertEquals(27, unseen.size());
            assertTrue(unseen.stream().noneMatch(List.of("bread0", "bread1", "bread2")::contains));
        }, 60, TimeUnit.SECONDS);
        assertEquals(30, recommended("ann", "{\"size\":100,\"exclude_seen\":false}").size());
    }

    public void testSeveralInterestsReachThePageAndAFilterHolds() throws Exception {
        for (int i = 2; i < 5; i++) {
            click("bob", "mug" + i);
        }
        List<String> ids = recommended("bob", "{\"size\":8,\"diversity\":0.5}");
        assertTrue(
            "" + ids,
            ids.stream().anyMatch(id -> id.startsWith("bread")) && ids.stream().anyMatch(id -> id.startsWith("mug"))
        );
        assertTrue(
            recommended("bob", "{\"filter\":{\"term\":{\"kind\":\"shoe\"}}}").stream()
                .allMatch(id -> id.startsWith("shoe"))
        );
    }

    public void testWhatWasJustSeenTires() throws Exception {
        String all = "{\"size\":100,\"exclude_seen\":false,\"diversity\":0}";
        assertBusy(() -> assertEquals(27, recommended("ann", "{\"size\":100}").size()), 60, TimeUnit.SECONDS);
        List<Map<?, ?>> hits = hits("ann", all);
        Map<?, ?> seen = hits.stream().filter(hit -> hit.get("_id").equals("bread2")).findFirst().orElseThrow();
        Map<?, ?> unseen = hits.stream().filter(hit -> hit.get("_id").equals("bread3")).findFirst().orElseThrow();
        assertTrue(((Number) seen.get("_score")).doubleValue() < ((Number) unseen.get("_score")).doubleValue());
    }

    public void testPagesFitTogetherWhateverHappensInBetween() throws Exception {
        String body = "\"size\":7,\"diversity\":0.4";
        assertBusy(() -> assertEquals(27, recommended("ann", "{\"size\":100}").size()), 60, TimeUnit.SECONDS);
        List<String> all = recommended("ann", "{\"size\":100,\"diversity\":0.4}");
        List<String> seen = new ArrayList<>(recommended("ann", "{" + body + "}"));
        for (int i = 0; i < 9; i++) {
            // changes the interests of ann, and not the items that ann has seen
            event(Map.of("user", "ann", "type", "click", "vector", numbers(vector(1, i))));
        }
        for (int from = 7; from < 35; from += 7) {
            seen.addAll(recommended("ann", "{" + body + ",\"from\":" + from + "}"));
        }
        assertEquals(all, seen);
        assertNotEquals(all, recommended("ann", "{\"size\":100,\"diversity\":0.4}"));
    }

    public void testStrangersGetWhatIsPopularAndThenWhatIsNew() throws Exception {
        click("carl", "mug7");
        click("dave", "mug7");
        click("eve", "mug7");
        assertBusy(
            () -> assertEquals("mug7", recommended("stranger", "{\"diversity\":0}").get(0)), 60, TimeUnit.SECONDS
        );
        List<Map<?, ?>> hits = hits("stranger", "{\"size\":100,\"explain\":true,\"diversity\":0}");
        assertEquals(30, hits.size());
        assertEquals(Map.of("kind", "popular"), hits.get(0).get("because"));
        assertEquals(3.0, ((Number) hits.get(0).get("_score")).doubleValue(), 0);
        assertEquals(Map.of("kind", "newest"), hits.get(29).get("because"));
        assertEquals(
            List.of("shoe"),
            recommended("stranger", "{\"filter\":{\"term\":{\"kind\":\"shoe\"}}}").stream()
                .map(id -> id.substring(0, 4))
                .distinct()
                .toList()
        );
    }

    public void testWhereExpensiveQueriesAreForbiddenTheVectorIndexFindsThem() throws Exception {
        assertBusy(() -> assertEquals(27, recommended("ann", "{\"size\":100}").size()), 60, TimeUnit.SECONDS);
        List<String> bodies = List
            .of("{\"size\":5}", "{\"filter\":{\"term\":{\"kind\":\"shoe\"}}}", "{\"size\":100,\"explain\":true}");
        List<List<String>> before = new ArrayList<>();
        for (String body : bodies) {
            before.add(recommended("ann", body));
        }
        List<String> forStrangers = recommended("stranger", "{}");
        expensive(false);
        try {
            for (int i = 0; i < bodies.size(); i++) {
                assertEquals(before.get(i), recommended("ann", bodies.get(i)));
            }
            assertEquals(forStrangers, recommended("stranger", "{}"));
        } finally {
            expensive(null);
        }
    }

    private void expensive(Boolean allowed) {
        Settings settings = Settings.builder()
            .put("search.allow_expensive_queries", allowed == null ? null : allowed.toString())
            .build();
        client().admin().cluster().prepareUpdateSettings().setTransientSettings(settings).get();
    }

    public void testWhoDeclaresInterestsGetsThoseAndWhoOptedOutIsAStranger() throws Exception {
        client()
            .execute(
                TransportPutUserAction.TYPE, new UserRequest("shop", "dora", Map.of("interests", List.of("bread")))
            )
            .actionGet();
        for (Map<?, ?> hit : hits("dora", "{\"size\":3,\"explain\":true}")) {
            assertFalse(hit.get("because").toString().contains("newest"));
        }
        client().execute(TransportPutUserAction.TYPE, new UserRequest("shop", "ann", Map.of("opt_out", true)))
            .actionGet();
        String body = "{\"size\":30,\"diversity\":0}";
        assertBusy(() -> assertEquals(recommended("stranger", body), recommended("ann", body)), 60, TimeUnit.SECONDS);
    }

    public void testExplainsByPartsWhoseSharesAddUp() throws Exception {
        for (Map<?, ?> hit : hits("bob", "{\"size\":5,\"diversity\":0,\"explain\":true}")) {
            Map<?, ?> because = (Map<?, ?>) hit.get("because");
            double sum = ((List<?>) because.get("parts")).stream()
                .mapToDouble(one -> ((Number) ((Map<?, ?>) one).get("share")).doubleValue())
                .sum();
            assertEquals(1, sum, 1e-6);
            assertFalse("the vector stays at home", ((Map<?, ?>) hit.get("_source")).containsKey("embedding"));
        }
        assertFalse(hits("bob", "{\"size\":1}").get(0).containsKey("because"));
    }

    public void testWhatIsWrongIsNamed() throws Exception {
        refused(400, "[interest] unknown key [sise] in recommend request: allowed are", "{\"sise\":1}");
        refused(
            400, "[interest] [size] of recommend request must be a whole number in [0,100], but was [101]",
            "{\"size\":101}"
        );
        refused(
            400, "[interest] [from] of recommend request must be a whole number in [0,490], but was [491]",
            "{\"from\":491}"
        );
        refused(
            400, "[interest] [diversity] of recommend request must be a number in [0,1], but was [2]",
            "{\"diversity\":2}"
        );
        refused(400, "[interest] [filter] of recommend request must be a query, but was [x]", "{\"filter\":\"x\"}");
        refused(
            400, "[interest] [filter] of recommend request must be a query, but:", "{\"filter\":{\"no_such_query\":{}}}"
        );
        RestCall rest = new RestCall(getInstanceFromNode(NodeClient.class), new RestRecommendAction());
        assertEquals(404, rest.post("/_plugins/_interest/trackers/nowhere/users/ann/_recommend", "{}").status());
    }

    private void refused(int status, String reason, String body) throws Exception {
        RestCall.Answer answer = ask("ann", body);
        assertEquals(answer.json().toString(), status, answer.status());
        assertTrue(answer.reason() + "\ninstead of\n" + reason, answer.reason().startsWith(reason));
    }

    private static List<Float> numbers(float[] vector) {
        List<Float> numbers = new ArrayList<>();
        for (float number : vector) {
            numbers.add(number);
        }
        return numbers;
    }
}
