package org.opensearch.interest.api.user;

import org.opensearch.interest.RestCall;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.rest.RestRequest.Method;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tests of users' rights over their profiles. */
public class UserRightsTests extends ShopTestCase {
    /** Scores of a search without a user. */
    private static final Map<String, Float> PLAIN = Map.of("mug", 1f, "bread", 1f, "shoes", 1f, "hose", 1f);

    private RestCall.Answer forget(String user) throws Exception {
        RestCall.Answer answer = send(Method.DELETE, USERS + user, null);
        assertEquals(answer.json().toString(), 200, answer.status());
        return answer;
    }

    private static Instant deletedUntil(RestCall.Answer answer) {
        assertEquals(java.util.Set.of("deleted_until"), answer.json().keySet());
        return Instant.parse((String) answer.json().get("deleted_until"));
    }

    private RestCall.Answer export(String user) throws Exception {
        return send(Method.GET, USERS + user + "/_export", null);
    }

    private static String first(Map<String, Float> scores) {
        return scores.keySet().iterator().next();
    }

    public void testAForgottenUserIsUnknownAndOlderEventsAreIgnored() throws Exception {
        Instant before = Instant.now();
        click("ann", "shoes");
        assertEquals("applied", event("ann", "\"type\":\"click\",\"item\":\"shoes\",\"id\":\"e1\""));
        assertEquals("shoes", first(search("ann")));
        Instant until = deletedUntil(forget("ann"));
        assertFalse(until.isBefore(before.minusMillis(1)) || until.isAfter(Instant.now()));
        RestCall.Answer gone = get("ann");
        assertEquals(404, gone.status());
        assertEquals("[interest] no [user] [ann] in tracker [shop]", gone.reason());
        assertEquals(404, export("ann").status());
        assertEquals(PLAIN, search("ann"));
        assertEquals("ignored", event("ann", "\"type\":\"click\",\"item\":\"mug\",\"timestamp\":\"" + until + "\""));
        assertEquals(
            "ignored",
            event("ann", "\"type\":\"click\",\"item\":\"shoes\",\"id\":\"e1\",\"timestamp\":\"" + before + "\"")
        );
        assertEquals(404, get("ann").status());
        String later = until.plusMillis(1).toString();
        assertEquals(
            "applied", event("ann", "\"type\":\"click\",\"item\":\"mug\",\"id\":\"e1\",\"timestamp\":\"" + later + "\"")
        );
        assertEquals(1, get("ann").json().get("events"));
        assertEquals(later, get("ann").json().get("first_event"));
        assertEquals("mug", first(search("ann")));
        assertEquals(until.toString(), export("ann").json().get("deleted_until"));
    }

    public void testAnUnknownUserIsForgottenAsWell() throws Exception {
        Instant until = deletedUntil(forget("nobody"));
        assertEquals("ignored", event("nobody", "\"type\":\"click\",\"item\":\"mug\",\"timestamp\":\"" + until + "\""));
        assertEquals(404, get("nobody").status());
        assertFalse(deletedUntil(forget("nobody")).isBefore(until));
    }

    public void testOptingOutStopsTrackingAndPersonalisationAndForgetsNothing() throws Exception {
        click("ann", "shoes");
        put("ann", "{\"opt_out\":true}");
        assertEquals("ignored", click("ann", "mug"));
        assertEquals(PLAIN, search("ann"));
        assertEquals(true, get("ann").json().get("opt_out"));
        assertEquals(1, get("ann").json().get("events"));
        put("ann", "{\"opt_out\":false}");
        assertEquals(false, get("ann").json().get("opt_out"));
        assertEquals("shoes", first(search("ann")));
        assertEquals("applied", click("ann", "mug"));
    }

    public void testNoModelSeesWhatAnOptedOutPersonWrites() throws Exception {
        String search = "\"type\":\"search\",\"text\":\"a gift for somebody\"";
        String comment = "\"type\":\"comment\",\"item\":\"mug\",\"text\":\"it leaks\"";
        put("ann", "{\"opt_out\":true}");
        long before = embedded();
        assertEquals("ignored", event("ann", search));
        assertEquals("ignored", event("ann", comment));
        assertEquals(before, embedded());
        assertEquals("applied", event("bob", search));
        assertEquals(before + 1, embedded());
        String both = "{\"events\":[{\"user\":\"bob\"," + comment + "},{\"user\":\"ann\"," + search
            + "},{\"user\":\"new\",\"type\":\"search\",\"text\":\"tea\"}]}";
        List<?> items = (List<?>) send(Method.POST, "/_plugins/_interest/trackers/shop/events", both).json()
            .get("items");
        assertEquals(
            List.of("applied", "ignored", "applied"),
            items.stream().map(item -> ((Map<?, ?>) item).get("result")).toList()
        );
        put("ann", "{\"opt_out\":false}");
        assertEquals("applied", event("ann", search));
    }

    public void testNoModelSeesWhatWasForgotten() throws Exception {
        event("ann", "\"type\":\"search\",\"text\":\"tea\"");
        forget("ann");
        long before = embedded();
        assertEquals("ignored", event("ann", "\"type\":\"search\",\"text\":\"coffee\",\"timestamp\":1000"));
        assertEquals(before, embedded());
    }

    /** Returns the number of embedding requests so far. */
    private long embedded() {
        return getInstanceFromNode(InferenceCounts.class).read().requests();
    }

    public void testAnOptOutWorksForUnknownUsersAndOutlivesForgetting() throws Exception {
        put("stranger", "{\"opt_out\":true}");
        assertEquals("ignored", click("stranger", "mug"));
        assertEquals(true, get("stranger").json().get("opt_out"));
        assertFalse(get("stranger").json().containsKey("first_event"));
        forget("stranger");
        assertEquals("ignored", click("stranger", "mug"));
        assertEquals(true, get("stranger").json().get("opt_out"));
        assertEquals(0, get("stranger").json().get("events"));
    }

    public void testWithOneOptedOutUserAnEarlierEventInTheSameRequestStillCounts() throws Exception {
        put("out", "{\"opt_out\":true}");
        String events = "{\"events\":[{\"user\":\"out\",\"type\":\"click\",\"item\":\"mug\"},{\"user\":\"in\",\"type\":\"click\",\"item\":\"mug\"}]}";
        List<?> items = (List<?>) send(Method.POST, "/_plugins/_interest/trackers/shop/events", events).json()
            .get("items");
        assertEquals("ignored", ((Map<?, ?>) items.get(0)).get("result"));
        assertEquals("applied", ((Map<?, ?>) items.get(1)).get("result"));
    }

    public void testDeclaredInterestsMakeAUserWithoutEventsPersonal() throws Exception {
        put("new", "{\"interests\":[\"trail running\",\"coffee\"]}");
        event("searcher", "\"type\":\"search\",\"text\":\"trail running\"");
        event("searcher", "\"type\":\"search\",\"text\":\"coffee\"");
        Map<String, Float> scores = search("new");
        Map<String, Float> searched = search("searcher");
        searched.forEach(
            (item, score) -> assertEquals("saying it is like searching for it once", score, scores.get(item), 1e-3f)
        );
        assertEquals(4, scores.size());
        Map<String, Object> profile = get("new").json();
        assertEquals(List.of("trail running", "coffee"), profile.get("interests"));
        assertEquals("as sure as after two clicks", 0.75, (double) profile.get("confidence"), 1e-6);
        assertEquals(0, profile.get("events"));
        put("new", "{\"interests\":[\"trail running\"]}");
        assertEquals("shoes", first(search("new")));
        put("new", "{\"interests\":[\"gardening\"]}");
        assertEquals("hose", first(search("new")));
        put("new", "{\"opt_out\":true}");
        assertEquals(List.of("gardening"), get("new").json().get("interests"));
        assertEquals(PLAIN, search("new"));
        put("new", "{\"interests\":[],\"opt_out\":false}");
        assertEquals("nothing is known any more", 404, get("new").status());
        assertEquals(PLAIN, search("new"));
    }

    public void testWhatCannotBeDeclaredIsRefusedAndChangesNothing() throws Exception {
        for (String body : List.of(
            "{}", "{\"interests\":\"tea\"}", "{\"interests\":[\"\"]}", "{\"opt_out\":\"yes\"}", "{\"optout\":true}"
        )) {
            assertEquals(body, 400, send(Method.PUT, USERS + "ann", body).status());
        }
        assertEquals(
            "[interest] the request needs a body with [interests] or [opt_out]",
            send(Method.PUT, USERS + "ann", null).reason()
        );
        assertEquals(404, get("ann").status());
        assertEquals(
            404, send(Method.PUT, "/_plugins/_interest/trackers/none/users/ann", "{\"opt_out\":true}").status()
        );
        assertEquals(404, send(Method.DELETE, "/_plugins/_interest/trackers/none/users/ann", null).status());
    }

    public void testAVisitorLogsIn() throws Exception {
        click("ann", "shoes");
        put("ann", "{\"interests\":[\"espresso\"]}");
        event(
            "anonymous-7", "\"type\":\"click\",\"item\":\"mug\",\"id\":\"e1\",\"timestamp\":\"2026-01-02T00:00:00Z\""
        );
        click("anonymous-7", "bread");
        put("anonymous-7", "{\"interests\":[\"gardening\",\"espresso\"]}");
        for (int i = 0; i < 2; i++) {
            RestCall.Answer merged = merge("anonymous-7", "ann");
            assertEquals(merged.json().toString(), 200, merged.status());
            Map<String, Object> ann = get("ann").json();
            assertEquals(3, ann.get("events"));
            assertEquals("2026-01-02T00:00:00Z", ann.get("first_event"));
            assertEquals(List.of("espresso", "gardening"), ann.get("interests"));
            assertEquals(404, get("anonymous-7").status());
        }
        assertEquals("duplicate", event("ann", "\"type\":\"click\",\"item\":\"mug\",\"id\":\"e1\""));
        assertEquals(
            "ignored",
            event("anonymous-7", "\"type\":\"click\",\"item\":\"mug\",\"timestamp\":\"2026-01-03T00:00:00Z\"")
        );
        assertEquals("applied", click("anonymous-7", "hose"));
        assertEquals(200, merge("anonymous-7", "ann").status());
        assertEquals("what came after is merged as well", 4, get("ann").json().get("events"));
    }

    public void testAnOptOutOfEitherWins() throws Exception {
        click("ann", "shoes");
        put("visitor", "{\"opt_out\":true}");
        assertEquals(200, merge("visitor", "ann").status());
        assertEquals(true, get("ann").json().get("opt_out"));
        assertEquals(PLAIN, search("ann"));
        click("other", "mug");
        assertEquals(200, merge("other", "ann").status());
        assertEquals(true, get("ann").json().get("opt_out"));
        assertEquals(1, get("ann").json().get("events"));
        assertEquals(404, get("other").status());
    }

    public void testWhatCannotBeMerged() throws Exception {
        click("ann", "shoes");
        RestCall.Answer unknown = merge("nobody", "ann");
        assertEquals(404, unknown.status());
        assertEquals("[interest] no user [from] [nobody] in tracker [shop]", unknown.reason());
        RestCall.Answer self = merge("ann", "ann");
        assertEquals(400, self.status());
        assertEquals(
            "[interest] [from] of merge must be another user than the one that it becomes part of, but was [ann]",
            self.reason()
        );
        RestCall.Answer nameless = merge("", "ann");
        assertEquals(
            "[interest] [from] must be a string of 1 to 512 bytes without control characters, but was []",
            nameless.reason()
        );
        assertEquals(400, send(Method.POST, USERS + "ann/_merge", "{\"form\":\"x\"}").status());
        assertNoBody(Method.POST, USERS + "ann/_merge", "{\"from\":\"bob\"}");
        assertNoBody(Method.PUT, USERS + "ann", "{\"opt_out\":true}");
        assertNoBody(Method.PUT, "/_plugins/_interest/trackers/other", "{\"items\":{\"index\":\"products\"}}");
        assertEquals(400, send(Method.POST, USERS + "ann/_merge", null).status());
        forget("ann");
        assertEquals("a forgotten source is an unknown one", 404, merge("ann", "bob").status());
    }

    @SuppressWarnings("unchecked")
    public void testAnExportHoldsEverything() throws Exception {
        event("ann", "\"type\":\"click\",\"item\":\"shoes\",\"id\":\"e1\"");
        event("ann", "\"type\":\"dislike\",\"item\":\"bread\",\"id\":\"e2\"");
        put("ann", "{\"interests\":[\"espresso\"]}");
        Map<String, Object> all = export("ann").json();
        assertEquals("ann", all.get("user"));
        assertEquals(2, all.get("events"));
        assertEquals(false, all.get("opt_out"));
        assertEquals(2, all.get("remembered_event_ids"));
        assertFalse(all.containsKey("deleted_until"));
        Map<String, Object> interest = ((List<Map<String, Object>>) all.get("interests")).get(0);
        assertEquals("espresso", interest.get("text"));
        assertEquals(384, ((List<?>) interest.get("vector")).size());
        for (String part : List.of("short_term", "long_term", "negative")) {
            assertEquals(384, ((List<?>) ((Map<String, Object>) all.get(part)).get("sum")).size());
        }
        assertEquals(2, (double) ((Map<String, Object>) all.get("negative")).get("weight"), 1e-3);
        Map<String, Object> topic = ((List<Map<String, Object>>) all.get("topics")).get(0);
        assertEquals(java.util.Set.of("jogging", "shoes"), ((Map<String, Object>) topic.get("words")).keySet());
        assertEquals("shoes", topic.get("item"));
        assertEquals(384, ((List<?>) topic.get("sum")).size());
        RestCall.Answer unknownUser = export("nobody");
        assertEquals(404, unknownUser.status());
        assertEquals("[interest] nothing is held about [user] [nobody] in tracker [shop]", unknownUser.reason());
    }

    private void assertNoBody(Method method, String path, String good) throws Exception {
        for (String behind : List.of(" 5", "{\"x\":1}", good)) {
            RestCall.Answer answer = send(method, path, good + behind);
            assertEquals(400, answer.status());
            assertEquals("[interest] the body goes on after its first JSON value: send one object", answer.reason());
        }
        RestCall.Answer list = send(method, path, "[]");
        assertEquals(400, list.status());
        assertEquals("[interest] the body must be an object, but starts with [START_ARRAY]", list.reason());
    }
}
