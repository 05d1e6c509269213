package org.opensearch.interest.cluster.store;

import org.opensearch.action.get.GetResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.index.engine.Segment;
import org.opensearch.index.mapper.MapperParsingException;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileFormat;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Tests how profiles are stored: a profile reads the same from the log and from segments. */
public class ProfileIndexTests extends OpenSearchSingleNodeTestCase {
    private static final String PROFILES = ".plugins-interest-profiles-shop";

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

    private void click(String user, float x) {
        click(user, x, RefreshPolicy.NONE);
    }

    private void click(String user, float x, RefreshPolicy refresh) {
        RawEvent event = RawEvent.of(Map.of("user", user, "type", "click", "vector", List.of(x, 1, 2)));
        TrackEventsRequest request = new TrackEventsRequest("shop", List.of(event), refresh);
        ChangeResult result = client().execute(TransportTrackEventsAction.TYPE, request)
            .actionGet(60, TimeUnit.SECONDS)
            .results()
            .get(0);
        assertEquals(ChangeResult.Outcome.APPLIED, result.outcome());
    }

    private String id() {
        client().admin().indices().prepareRefresh(PROFILES).get();
        return client().prepareSearch(PROFILES).get().getHits().getAt(0).getId();
    }

    private GetResponse get(String id) {
        return client().prepareGet(PROFILES, id).get();
    }

    /** Returns the sequence number of the latest version that a search finds. */
    private long inSegments(String id) {
        return client().prepareSearch(PROFILES)
            .setQuery(QueryBuilders.idsQuery().addIds(id))
            .seqNoAndPrimaryTerm(true)
            .get()
            .getHits()
            .getAt(0)
            .getSeqNo();
    }

    private void toDisk() {
        client().admin().indices().prepareFlush(PROFILES).setForce(true).get();
        client().admin().indices().prepareRefresh(PROFILES).get();
    }

    public void testAProfileIsTheSameBeforeAndAfterItIsOnDisk() {
        click("ann", 1);
        String id = id();
        click("ann", 2);
        // the first read of an unrefreshed document makes the engine track positions in its log for later reads
        get(id);
        click("ann", 3);
        GetResponse sent = get(id);
        assertTrue("as it was sent: no segment has it", inSegments(id) < sent.getSeqNo());
        Profile before = StoredProfile.read(sent).profile();
        assertEquals(3, before.events());
        toDisk();
        GetResponse derived = get(id);
        assertEquals("made of the doc values", sent.getSeqNo(), inSegments(id));
        assertEquals(sent.getSourceAsBytesRef(), derived.getSourceAsBytesRef());
        assertEquals(before, StoredProfile.read(derived).profile());
        assertEquals(sent.getSeqNo(), StoredProfile.read(derived).seqNo());
    }

    /** Tests all three paddings of Base64, and long texts, which are read and written in pieces. */
    public void testBytesOfAnyNumberAreDerivedAsTheyWereSent() {
        click("ann", 1);
        int most = randomIntBetween(100, 200);
        List<BytesReference> sent = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            byte[] bytes = new byte[i < 20 ? i : randomIntBetween(20, 40_000)];
            random().nextBytes(bytes);
            assertArrayEquals(bytes, ProfileDocument.profile(new BytesArray(ProfileDocument.of(bytes))));
            sent.add(new BytesArray(ProfileDocument.of(bytes)));
            client().index(new IndexRequest(PROFILES).id("of" + i).source(sent.get(i), XContentType.JSON)).actionGet();
        }
        toDisk();
        for (int i = 0; i < most; i++) {
            assertEquals(sent.get(i), get("of" + i).getSourceAsBytesRef());
        }
    }

    public void testDocumentsOfOtherFormsAreNotTakenForOne() {
        String base64 = Base64.getEncoder().encodeToString(new byte[]{ 1, 2, 3 });
        for (String other : List.of(
            "", "{", "{\"profile\":\"", "{\"profile\":\"}", "{\"profile\":null}", "{\"profile\": \"" + base64 + "\"}",
            "{\"other\":\"" + base64 + "\"}", "{\"profile\":\"" + base64 + "\",\"profile\":\"" + base64 + "\"}",
            "{\"profile\":\"\\u0041AAA\"}", "{\"profile\":\"" + base64 + "\"} "
        )) {
            assertNull(other, ProfileDocument.profile(new BytesArray(other)));
        }
    }

    /** Tests documents written by hand or by an earlier build. */
    public void testDocumentsOfOtherFormsAreReadAsWell() {
        click("ann", 1);
        String id = id();
        Profile profile = StoredProfile.read(get(id)).profile();
        byte[] bytes = ProfileFormat.write(profile);
        String spaced = "{ \"profile\" : \"" + Base64.getEncoder().encodeToString(bytes) + "\" }";
        for (IndexRequest other : List.of(
            new IndexRequest(PROFILES).source(spaced, XContentType.JSON),
            new IndexRequest(PROFILES).source(Map.of("profile", bytes), XContentType.CBOR)
        )) {
            client().index(other.id(id)).actionGet();
            assertEquals(profile, StoredProfile.read(get(id)).profile());
            toDisk();
            assertEquals(profile, StoredProfile.read(get(id)).profile());
        }
    }

    public void testSegmentsAreNotWrittenASecondTimeAsCompoundFiles() {
        click("ann", 1);
        toDisk();
        List<Segment> segments = new ArrayList<>();
        client().admin()
            .indices()
            .prepareSegments(PROFILES)
            .get()
            .getIndices()
            .get(PROFILES)
            .getShards()
            .values()
            .forEach(shards -> {
                shards.forEach(shard -> segments.addAll(shard.getSegments()));
            });
        assertFalse(segments.isEmpty());
        segments.forEach(segment -> assertFalse(segment.getName(), segment.isCompound()));
    }

    public void testMergedSegmentsKeepTheLatest() {
        for (int i = 1; i <= 6; i++) {
            click("ann", i);
            click("bob", -i);
            toDisk();
        }
        String id = id();
        Profile before = StoredProfile.read(get(id)).profile();
        client().admin().indices().prepareForceMerge(PROFILES).setMaxNumSegments(1).setFlush(true).get();
        toDisk();
        assertEquals(6, before.events());
        assertEquals(before, StoredProfile.read(get(id)).profile());
    }

    public void testTheWriterGoesOnFromWhatIsOnDisk() {
        click("ann", 1);
        String id = id();
        toDisk();
        // a new document version makes the writer's cached profile stale, so that it has to read
        byte[] bytes = Base64.getDecoder().decode((String) get(id).getSourceAsMap().get("profile"));
        client().index(new IndexRequest(PROFILES).id(id).source(Map.of("profile", bytes), XContentType.CBOR))
            .actionGet();
        toDisk();
        click("ann", 3);
        assertEquals(2, StoredProfile.read(get(id)).profile().events());
    }

    public void testADocumentOfTwoProfilesIsRefused() {
        click("ann", 1);
        IndexRequest two = new IndexRequest(PROFILES).id("two")
            .source(Map.of("profile", List.of("AAAA", "AAAA")), XContentType.JSON);
        Exception e = expectThrows(MapperParsingException.class, () -> client().index(two).actionGet());
        String why = e.getMessage() + " " + (e.getCause() == null ? "" : e.getCause().getMessage());
        assertTrue(
            why, why.contains("[interest] field [profile] must hold one value a document, but there is a second one")
        );
    }

    /** Tests that a request that waits for a refresh causes one, because profiles are not refreshed otherwise. */
    public void testWaitingForARefreshEnds() {
        click("ann", 1, RefreshPolicy.WAIT_UNTIL);
        assertEquals(1, client().prepareSearch(PROFILES).get().getHits().getTotalHits().value());
        click("ben", 1, RefreshPolicy.IMMEDIATE);
        assertEquals(2, client().prepareSearch(PROFILES).get().getHits().getTotalHits().value());
    }

    public void testNobodyWaitsForRefreshes() {
        click("ann", 1);
        Map<String, String> settings = Map.of("index.refresh_interval", "-1", "index.derived_source.enabled", "true");
        settings.forEach((name, value) -> {
            assertEquals(
                value, client().admin().indices().prepareGetSettings(PROFILES).get().getSetting(PROFILES, name)
            );
        });
    }
}
