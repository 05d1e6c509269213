package org.opensearch.interest.search.pipeline;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchException;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.settings.MockSecureSettings;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.Strings;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.history.EventHistory;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.cluster.resolve.ResolveInterestRequest;
import org.opensearch.interest.cluster.resolve.ResolveInterestResponse;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.search.SearchExtBuilder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A tracker's experiment determines the ranking of its users' searches, and the response names it. */
public class ExperimentTests extends SearchPipelineTestCase {
    private static final String THINGS = "\"query\":{\"match\":{\"title\":\"thing\"}}";
    private static final String PIPELINE = pipeline(personalize("\"tracker\":\"shop\""), "");
    private static final String BOTH = "\"ext\":{\"interest\":{\"user\":\"ann\",\"interleave\":[\"plain\",\"personal\"]}}";
    private static final Map<String, Object> HALVES = Map.of(
        "name", "warm", "variants",
        Map.of("plain", Map.of("share", 0.5, "weight", 0), "personal", Map.of("share", 0.5, "weight", 0.9))
    );

    @Override
    protected Settings nodeSettings() {
        MockSecureSettings keystore = new MockSecureSettings();
        keystore.setString("plugins.interest.privacy.secret", "a secret of many bytes");
        return Settings.builder().put(super.nodeSettings()).setSecureSettings(keystore).build();
    }

    private void tracker(String name, Map<String, Object> more) {
        Map<String, Object> tracker = new HashMap<>(
            Map.of("items", Map.of("index", "items", "title_field", "title"), "geometry", "off")
        );
        tracker.putAll(more);
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest(name, tracker)).actionGet();
    }

    private void experiment(Map<String, Object> experiment) {
        tracker("shop", Map.of("experiment", experiment));
    }

    private static Map<String, Object> interleaving() {
        Map<String, Object> experiment = new HashMap<>(HALVES);
        experiment.put("interleave", true);
        return experiment;
    }

    private Tracker tracker(String name) {
        PlainActionFuture<Tracker> tracker = PlainActionFuture.newFuture();
        getInstanceFromNode(TrackerStore.class).get(name, tracker);
        return tracker.actionGet();
    }

    /** Returns the experiment in the response, as a client reads it; null if there is none. */
    private static VariantExt variantExt(SearchResponse response) {
        List<SearchExtBuilder> ext = response.getInternalResponse().getSearchExtBuilders();
        assertTrue(ext.size() <= 1);
        return ext.isEmpty() ? null : (VariantExt) ext.get(0);
    }

    private static String hits(SearchResponse response) {
        return Strings.toString(MediaTypeRegistry.JSON, response.getHits());
    }

    /** Returns a user who likes bread and is assigned the variant. */
    private String userOf(String variant) throws Exception {
        for (int i = 0; i < 100; i++) {
            String user = "user" + i;
            if (VariantExt.of("warm", variant).equals(variantExt(search(PIPELINE, THINGS + "," + forUser(user))))) {
                click(user, "bread1");
                click(user, "bread2");
                return user;
            }
        }
        throw new AssertionError("nobody has [" + variant + "]");
    }

    private HistoryEvent lastEvent(String tracker, String user) {
        PlainActionFuture<Void> refreshed = PlainActionFuture.newFuture();
        EventHistory history = getInstanceFromNode(EventHistory.class);
        history.refresh(tracker(tracker), refreshed);
        refreshed.actionGet();
        PlainActionFuture<List<HistoryEvent>> events = PlainActionFuture.newFuture();
        history.ofUser(tracker(tracker), new UserId(user), 0, Long.MAX_VALUE, 1, events);
        return events.actionGet().get(0);
    }

    public void testEverybodyIsRankedByTheirVariantAndTheAnswerSaysWhich() throws Exception {
        experiment(HALVES);
        String plain = userOf("plain");
        String personal = userOf("personal");
        SearchResponse asEver = search(null, THINGS + ",\"size\":30");
        SearchResponse withoutInterest = search(PIPELINE, THINGS + ",\"size\":30," + forUser(plain));
        assertEquals(hits(asEver), hits(withoutInterest));
        SearchResponse withInterest = search(PIPELINE, THINGS + ",\"size\":5," + forUser(personal));
        assertEquals(List.of("bread", "bread", "bread", "bread", "bread"), kinds(withInterest));
        String json = withInterest.toString();
        assertTrue(json, json.contains("\"ext\":{\"interest\":{\"experiment\":\"warm\",\"variant\":\"personal\"}}"));
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            variantExt(withInterest).writeTo(out);
            assertEquals(variantExt(withInterest), new VariantExt(out.bytes().streamInput()));
        }

        // the variant sets the weight instead of the pipeline, even if the pipeline's weight is 0
        String without = pipeline(personalize("\"tracker\":\"shop\",\"weight\":0"), "");
        assertEquals("bread", kinds(search(without, THINGS + "," + forUser(personal))).get(0));
    }

    public void testEventsHappenUnderTheVariantTheirUserSearchesUnder() throws Exception {
        for (boolean hashed : new boolean[]{ false, true }) {
            String name = "hashed-" + hashed;
            tracker(name, Map.of("experiment", HALVES, "privacy", Map.of("hash_user_ids", hashed)));
            String pipeline = pipeline(personalize("\"tracker\":\"" + name + "\""), "");
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 24; i++) {
                String user = "person" + i;
                VariantExt variantExt = variantExt(search(pipeline, THINGS + "," + forUser(user)));
                event(name, new HashMap<>(Map.of("user", user, "type", "click", "item", "mug1")));
                HistoryEvent.Context kept = lastEvent(name, user).context();
                assertEquals("warm", kept.experiment());
                assertEquals(variantExt, VariantExt.of("warm", kept.variant()));
                seen.add(kept.variant());
            }
            assertEquals(Set.of("plain", "personal"), seen);
        }
    }

    public void testWhatAnEventSaysOfItselfStands() throws Exception {
        experiment(HALVES);
        context(Map.of("variant", "plain"), "warm", "plain", null);
        context(Map.of("variant", "personal"), "warm", "personal", null);
        context(Map.of("variant", "green"), null, "green", null);
        context(Map.of("variant", "plain", "experiment", "cold"), "cold", "plain", null);
        context(Map.of("team", "personal"), "warm", "interleaved", "personal");
        experiment(interleaving());
        context(Map.of(), "warm", "interleaved", null);
        tracker("shop", Map.of());
        context(Map.of(), null, null, null);
        context(Map.of("variant", "plain"), null, "plain", null);
    }

    private void context(Map<String, String> said, String experiment, String variant, String team) {
        Map<String, Object> event = new HashMap<>(
            Map.of("user", "teller" + said.hashCode(), "type", "click", "item", "mug1")
        );
        event.putAll(said);
        event(event);
        HistoryEvent.Context kept = lastEvent("shop", (String) event.get("user")).context();
        assertEquals(
            said.toString(), Arrays.asList(experiment, variant, team),
            Arrays.asList(kept.experiment(), kept.variant(), kept.team())
        );
    }

    public void testWhoTakesNoPart() throws Exception {
        assertNull(variantExt(search(PIPELINE, THINGS + "," + forUser("ann"))));
        experiment(HALVES);
        assertNotNull(
            "a stranger's searches are compared, too", variantExt(search(PIPELINE, THINGS + "," + forUser("stranger")))
        );
        assertNull(variantExt(search(PIPELINE, THINGS)));
        assertNull(variantExt(search(PIPELINE, THINGS + ",\"sort\":[\"price\"]," + forUser("ann"))));
        SearchResponse ownWeight = search(PIPELINE, THINGS + ",\"ext\":{\"interest\":{\"user\":\"ann\",\"weight\":1}}");
        assertNull(variantExt(ownWeight));
        assertEquals("bread", kinds(ownWeight).get(0));
        PlainActionFuture<Void> out = PlainActionFuture.newFuture();
        getInstanceFromNode(ProfileRecorder.class)
            .change(tracker("shop"), new UserId("ann"), List.of(new ProfileChange.OptOut(true)), out);
        out.actionGet();
        assertNull(variantExt(search(PIPELINE, THINGS + "," + forUser("ann"))));
    }

    public void testAVariantSaysHowDiverseAPageIs() throws Exception {
        Map<String, Object> diverse = Map.of("share", 0.5, "weight", 1, "diversity", 1);
        experiment(
            Map.of("name", "warm", "variants", Map.of("plain", Map.of("share", 0.5, "weight", 1), "personal", diverse))
        );
        String pipeline = pipeline(
            personalize("\"tracker\":\"shop\"") + ",{\"interest_diversify\":{\"tracker\":\"shop\",\"diversity\":0}}",
            "{\"interest_diversify\":{\"tracker\":\"shop\",\"diversity\":0}}"
        );
        assertEquals(
            Set.of("bread"), new HashSet<>(kinds(search(pipeline, THINGS + ",\"size\":3," + forUser(userOf("plain")))))
        );
        assertEquals(
            3, new HashSet<>(kinds(search(pipeline, THINGS + ",\"size\":3," + forUser(userOf("personal"))))).size()
        );
    }

    private static List<String> teams(SearchResponse response) {
        return Arrays.stream(response.getHits().getHits()).map(hit -> {
            return hit.getMetaFields().containsKey("team") ? (String) hit.getMetaFields().get("team").getValue() : null;
        }).toList();
    }

    public void testTwoVariantsMakeOneListAndEachHitSaysWhoseItIs() throws Exception {
        experiment(interleaving());
        String window = pipeline(personalize("\"tracker\":\"shop\",\"window\":20"), "");
        List<String> plain = ids(search(null, THINGS + ",\"size\":30"));
        List<String> whole = new ArrayList<>();
        List<String> teams = new ArrayList<>();
        for (int from = 0; from < 30; from += 6) {
            SearchResponse page = search(
                window, THINGS + ",\"from\":" + from + ",\"size\":6," + (from == 6 ? BOTH : forUser("ann"))
            );
            whole.addAll(ids(page));
            teams.addAll(teams(page));
            String json = page.toString();
            assertTrue(
                json,
                json.contains(
                    "{\"experiment\":\"warm\",\"variant\":\"interleaved\",\"teams\":[\"plain\",\"personal\"]}"
                )
            );
            // as a metadata field, beside the id
            assertTrue(json, from >= 18 || json.contains("\"team\":\"p"));
        }
        assertEquals("pages fit together", new HashSet<>(plain), new HashSet<>(whole));
        assertEquals(30, whole.size());
        assertEquals("behind the window nothing changes", plain.subList(20, 30), whole.subList(20, 30));
        assertEquals(Arrays.asList(new String[10]), teams.subList(20, 30));
        int lead = 0;
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            lead += teams.get(i).equals("plain") ? 1 : -1;
            assertTrue(Math.abs(lead) <= 1);
            if (teams.get(i).equals("plain")) {
                String best = plain.stream().filter(id -> taken.contains(id) == false).findFirst().orElseThrow();
                assertEquals("its best that is left", best, whole.get(i));
            } else {
                boolean breadLeft = plain.subList(0, 20)
                    .stream()
                    .anyMatch(id -> id.startsWith("bread") && taken.contains(id) == false);
                assertEquals(breadLeft, whole.get(i).startsWith("bread"));
            }
            taken.add(whole.get(i));
        }
        // the first team depends on the user: not all lists begin with the same team
        Set<String> first = new HashSet<>();
        for (int i = 0; i < 30 && first.size() < 2; i++) {
            click("coin" + i, "bread1");
            first.add(teams(search(window, THINGS + "," + forUser("coin" + i))).get(0));
        }
        assertEquals(Set.of("plain", "personal"), first);
    }

    public void testNobodyElseReordersAListOfTwoAndStrangersGetThePlainOne() throws Exception {
        experiment(interleaving());
        String diverse = "{\"interest_diversify\":{\"tracker\":\"shop\",\"diversity\":1}}";
        for (String blend : List.of("", ",\"blend\":\"rrf\"", ",\"blend\":\"min_max\"")) {
            String personalize = personalize("\"tracker\":\"shop\",\"window\":30" + blend);
            SearchResponse alone = search(pipeline(personalize, ""), THINGS + "," + forUser("ann"));
            assertTrue(teams(alone).containsAll(List.of("plain", "personal")));
            String before = pipeline(personalize + "," + diverse, diverse);
            assertEquals(hits(alone), hits(search(before, THINGS + "," + forUser("ann"))));
            assertEquals(hits(search(null, THINGS)), hits(search(before, THINGS + "," + forUser("stranger"))));
        }
        assertNull(variantExt(search(PIPELINE, THINGS + ",\"collapse\":{\"field\":\"kind\"}," + BOTH)));
        assertEquals(1L, counts().notPersonalized().get("collapse").longValue());
    }

    public void testVariantsThatAreNotThereLeaveThePlainSearchUnlessThePipelineIsStrict() throws Exception {
        String ask = "\"ext\":{\"interest\":{\"user\":\"ann\",\"interleave\":[\"plain\",\"persnal\"]}}";
        String plain = hits(search(null, THINGS));
        assertEquals(plain, hits(search(PIPELINE, THINGS + "," + ask)));
        experiment(HALVES);
        assertEquals(plain, hits(search(PIPELINE, THINGS + "," + ask)));
        assertEquals(2L, counts().notPersonalized().get("no_variant").longValue());
        String strict = pipeline(personalize("\"tracker\":\"shop\",\"strict\":true"), "");
        Exception e = expectThrows(Exception.class, () -> search(strict, THINGS + "," + ask));
        assertEquals(400, ExceptionsHelper.status(e).getStatus());
        String reason = OpenSearchException.guessRootCauses(e)[0].getMessage();
        String wanted = "[interest] [ext.interest.interleave] must name two variants of the experiment of tracker [shop], "
            + "which has [personal, plain], but was [plain, persnal]";
        assertTrue(reason, reason.contains(wanted));
        assertFalse(
            "two that are there make a list without the experiment's flag",
            teams(search(PIPELINE, THINGS + "," + BOTH)).contains(null)
        );
    }

    public void testAPartInAnExperimentSurvivesTheWire() throws Exception {
        experiment(HALVES);
        ResolveInterestRequest ask = new ResolveInterestRequest("shop", "ann");
        ResolveInterestResponse answer = client().execute(TransportResolveInterestAction.TYPE, ask).actionGet();
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            answer.writeTo(out);
            assertEquals(answer.assignment(), new ResolveInterestResponse(out.bytes().streamInput()).assignment());
        }
        assertEquals("plain", answer.assignment().experiment().control());
    }
}
