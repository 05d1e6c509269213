package org.opensearch.interest.cluster.profiles;

import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.api.user.TransportForgetUserAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.SearchHit;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.threadpool.ThreadPoolStats;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Tests profiles with damaged documents: only their users' events fail, with an error that says why. */
public class DamagedProfileTests extends OpenSearchSingleNodeTestCase {
    private static final String PROFILES = InterestIndex.profiles("shop");

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    @Override
    public void setUp() throws Exception {
        super.setUp();
        client().admin().indices().prepareCreate("products").setMapping("v", "type=interest_vector,dimension=3").get();
        Map<String, Object> tracker = Map
            .of("items", Map.of("index", "products", "vector_field", "v"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker)).actionGet();
    }

    /** Sends one click per user and returns their results. */
    private List<ChangeResult> send(String... users) {
        List<RawEvent> events = Arrays.stream(users)
            .map(user -> RawEvent.of(Map.of("user", user, "type", "click", "vector", List.of(1, 2, 3))))
            .toList();
        TrackEventsRequest request = new TrackEventsRequest("shop", events, RefreshPolicy.IMMEDIATE);
        return client().execute(TransportTrackEventsAction.TYPE, request).actionGet(60, TimeUnit.SECONDS).results();
    }

    private void damage(Map<String, Object> document) {
        for (SearchHit hit : client().prepareSearch(PROFILES).get().getHits()) {
            client().index(new IndexRequest(PROFILES).id(hit.getId()).source(document, XContentType.CBOR)).actionGet();
        }
    }

    private void assertDamaged(ChangeResult result, String why) {
        assertNotNull(result.failure());
        String reason = result.failure().getMessage();
        assertTrue(reason, reason.startsWith("[interest] the user's stored profile ["));
        assertTrue(reason, reason.contains("] of index [.plugins-interest-profiles-shop] cannot be read: "));
        assertTrue(reason, reason.contains(why));
    }

    private void assertOnlyAnnFails(String why) {
        for (int round = 0; round < 3; round++) {
            List<ChangeResult> results = send("bob", "ann", "cec", "ann");
            assertEquals(ChangeResult.Outcome.APPLIED, results.get(0).outcome());
            assertDamaged(results.get(1), why);
            assertEquals(ChangeResult.Outcome.APPLIED, results.get(2).outcome());
            assertDamaged(results.get(3), why);
        }
    }

    public void testADocumentOfOtherBytes() {
        send("ann");
        damage(Map.of("profile", new byte[]{ 7, 7, 7 }));
        assertOnlyAnnFails("a stored profile of version [7], but this node reads version [3]");
    }

    public void testADocumentThatClaimsMoreThanItHolds() {
        send("ann");
        byte[] endless = new byte[200];
        Arrays.fill(endless, (byte) 0x7f);
        endless[0] = 3;
        damage(Map.of("profile", endless));
        assertOnlyAnnFails("a stored profile that ends too early or is damaged");
    }

    public void testADocumentWithoutAProfile() {
        send("ann");
        damage(Map.of("nothing", "here"));
        assertOnlyAnnFails("");
    }

    public void testWhatNobodyCanReadCanBeForgotten() {
        send("ann");
        damage(Map.of("profile", new byte[]{ 7, 7, 7 }));
        assertDamaged(send("ann").get(0), "version [7]");
        client().execute(TransportForgetUserAction.TYPE, new UserRequest("shop", "ann", Map.of())).actionGet();
        assertEquals(
            "the past stays forgotten", ChangeResult.Outcome.IGNORED, sendAt("ann", 1_000_000_000_000L).outcome()
        );
        assertEquals("and a new start is one", ChangeResult.Outcome.APPLIED, send("ann").get(0).outcome());
    }

    private ChangeResult sendAt(String user, long timestamp) {
        RawEvent event = RawEvent
            .of(Map.of("user", user, "type", "click", "vector", List.of(1, 2, 3), "timestamp", timestamp));
        TrackEventsRequest request = new TrackEventsRequest("shop", List.of(event), RefreshPolicy.NONE);
        return client().execute(TransportTrackEventsAction.TYPE, request)
            .actionGet(60, TimeUnit.SECONDS)
            .results()
            .get(0);
    }

    public void testProfilesAreWorkedOnByThreadsOfTheirOwn() {
        send("ann", "bob");
        long completed = 0;
        for (ThreadPoolStats.Stats pool : getInstanceFromNode(ThreadPool.class).stats()) {
            completed += pool.getName().equals("interest_profiles") ? pool.getCompleted() : 0;
        }
        assertTrue("steps: " + completed, completed > 0);
    }
}
