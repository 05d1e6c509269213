package org.opensearch.interest.api.user;

import org.opensearch.interest.RestCall;
import org.opensearch.rest.RestRequest.Method;

import java.util.List;
import java.util.Map;

/** Tests of the JSON form of a profile. */
@SuppressWarnings("unchecked")
public class ProfileReadingTests extends ShopTestCase {
    private Map<String, Object> read(String user, String parameters) throws Exception {
        RestCall.Answer answer = send(Method.GET, USERS + user + parameters, null);
        assertEquals(answer.json().toString(), 200, answer.status());
        return answer.json();
    }

    private static List<Map<String, Object>> topics(Map<String, Object> part) {
        return (List<Map<String, Object>>) part.get("topics");
    }

    private static double number(Map<String, Object> of, String... path) {
        Map<String, Object> at = of;
        for (int i = 0; i < path.length - 1; i++) {
            at = (Map<String, Object>) at.get(path[i]);
        }
        return ((Number) at.get(path[path.length - 1])).doubleValue();
    }

    public void testAFlagThatIsNeitherTrueNorFalseIsNamed() throws Exception {
        click("ann", "shoes");
        for (String flag : List.of("vectors", "explain")) {
            RestCall.Answer answer = send(Method.GET, USERS + "ann?" + flag + "=maybe", null);
            assertEquals(400, answer.status());
            assertEquals("[interest] [" + flag + "] must be true or false, but was [maybe]", answer.reason());
        }
    }

    public void testATopicSaysWhyItIsThere() throws Exception {
        for (int i = 0; i < 3; i++) {
            click("ann", "shoes");
        }
        event("ann", "\"type\":\"search\",\"text\":\"running shoes\",\"weight\":1");
        Map<String, Object> topic = topics(read("ann", "")).get(0);
        List<Map<String, Object>> because = (List<Map<String, Object>>) topic.get("because");
        assertEquals("shoes", because.get(0).get("item"));
        assertEquals("jogging shoes", because.get(0).get("title"));
        assertEquals("click", because.get(0).get("type"));
        assertEquals(3, because.get(0).get("events"));
        assertEquals(0.75, number(because.get(0), "share"), 1e-3);
        assertEquals("running shoes", because.get(1).get("text"));
        assertEquals("search", because.get(1).get("type"));
        assertFalse("a search has no item", because.get(1).containsKey("item"));
        assertEquals("steady", topic.get("trend"));
    }

    public void testWhatWasTurnedDownIsShownAsTopicsOfItsOwn() throws Exception {
        event("ann", "\"type\":\"dislike\",\"item\":\"mug\"");
        event("ann", "\"type\":\"dislike\",\"item\":\"hose\"");
        Map<String, Object> negative = (Map<String, Object>) read("ann", "?vectors=true").get("negative");
        assertEquals(4, number(negative, "weight"), 1e-3);
        assertEquals(384, ((List<?>) negative.get("vector")).size());
        List<Map<String, Object>> topics = topics(negative);
        assertEquals(2, topics.size());
        for (Map<String, Object> topic : topics) {
            assertEquals(0.5, number(topic, "weight"), 1e-3);
            assertEquals(1, topic.get("events"));
            String item = (String) ((Map<String, Object>) topic.get("representative")).get("item");
            assertTrue(item, ((List<String>) topic.get("label")).contains(item));
        }
    }

    public void testAWordThatManyTitlesHaveIsNoName() throws Exception {
        for (int i = 0; i < 40; i++) {
            String title = i < 35 ? "acme thing" + i : "other thing" + i;
            index("products", "filler" + i, title);
        }
        index("products", "lamp", "acme reading lamp");
        client().admin().indices().prepareRefresh("products").get();
        click("ann", "lamp");
        List<String> label = (List<String>) topics(read("ann", "")).get(0).get("label");
        assertEquals("acme", label.get(2));
    }

    private void index(String index, String id, String title) {
        client().prepareIndex(index).setId(id).setSource(Map.of("title", title)).get();
    }

    public void testEveryNumberIsExplained() throws Exception {
        put("ann", "{\"interests\":[\"gardening\"]}");
        click("ann", "shoes");
        event("ann", "\"type\":\"impression\",\"items\":[\"mug\",\"bread\"]");
        assertFalse(read("ann", "").containsKey("explain"));
        Map<String, Object> profile = read("ann", "?explain=true");
        Map<String, Object> explain = (Map<String, Object>) profile.get("explain");
        assertEquals(number(profile, "alpha"), number(explain, "alpha", "value"), 1e-9);
        double recent = number(explain, "alpha", "short_term_weight");
        assertEquals(
            number(profile, "alpha"), number(explain, "alpha", "configured") * (1 - Math.pow(2, -recent)), 1e-9
        );
        double lasting = number(explain, "confidence", "long_term_weight")
            + number(explain, "confidence", "declared_weight");
        assertEquals(number(profile, "confidence"), 1 - Math.pow(2, -lasting), 1e-9);
        assertEquals(number(profile, "impressions", "weight"), number(explain, "impressions", "weight"), 1e-9);
        assertEquals(86_400_000, number(explain, "impressions", "half_life_millis"), 0);
        assertEquals(0, number(explain, "geometry_version"), 0);
        Map<String, Object> topic = topics(explain).get(0);
        assertEquals(
            number(topics(profile).get(0), "weight"), number(topic, "weight") / number(topic, "weight_of_all_topics"),
            1e-9
        );
    }

    private void tracker(String rest) throws Exception {
        String tracker = "{\"items\":{\"index\":\"products\"},\"history\":false," + rest + "}";
        assertEquals(200, send(Method.PUT, "/_plugins/_interest/trackers/shop", tracker).status());
    }

    public void testAnImpressionIsOneWeakEventAgainst() throws Exception {
        if (randomBoolean()) {
            tracker("\"alpha\":0.4");
        }
        click("fan", "shoes");
        Map<String, Float> before = search("fan");
        String page = "\"type\":\"impression\",\"items\":[\"shoes\",\"no such item\",\"hose\"],\"clicked\":[\"hose\"],\"id\":\"page-1\"";
        assertEquals("applied", event("fan", page));
        assertEquals("duplicate", event("fan", page));
        Map<String, Object> profile = read("fan", "");
        assertEquals(2, profile.get("events"));
        assertEquals(0.05, number(profile, "impressions", "weight"), 1e-4);
        assertEquals("clicks are events of their own", 1, topics(profile).size());
        assertEquals(0, number(profile, "negative", "weight"), 0);
        assertTrue(search("fan").get("shoes") <= before.get("shoes"));
    }

    public void testAnImpressionInWhichNothingWasPassedOverIsNoEvidence() throws Exception {
        tracker("\"alpha\":0.4");
        assertEquals("ignored", event("fan", "\"type\":\"impression\",\"items\":[\"gone\",\"never was\"]"));
        assertEquals("ignored", event("fan", "\"type\":\"impression\",\"items\":[\"shoes\"],\"clicked\":[\"shoes\"]"));
    }

    public void testImpressionsCanBeSwitchedOff() throws Exception {
        tracker("\"signals\":{\"impression\":0}");
        assertEquals("ignored", event("fan", "\"type\":\"impression\",\"items\":[\"shoes\"]"));
        assertEquals(404, get("fan").status());
    }
}
