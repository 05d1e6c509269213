package org.opensearch.interest.cluster.calibration;

import org.opensearch.ExceptionsHelper;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.CalibrateRequest;
import org.opensearch.interest.api.tracker.CatalogueWatcher;
import org.opensearch.interest.api.tracker.RestCalibrateAction;
import org.opensearch.interest.api.tracker.RestTrackerAction;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportCalibrateAction;
import org.opensearch.interest.api.tracker.TransportDeleteTrackerAction;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.SearchHit;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.transport.client.node.NodeClient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tests fitting a tracker's geometry on one node: through REST, automatically, and with tiny catalogues. */
public class GeometryFitterTests extends OpenSearchSingleNodeTestCase {
    private static final int DIMENSION = 8;
    private static final String CALIBRATE = "/_plugins/_interest/trackers/shop/_calibrate";

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    private RestCall rest() {
        return new RestCall((NodeClient) client(), new RestCalibrateAction(), new RestTrackerAction());
    }

    /** Creates the tracker; if its items do not exist yet, nothing is fitted except on the test's request. */
    private void putTracker(String index, String geometry) {
        Map<String, Object> json = Map.of("items", Map.of("index", index, "vector_field", "v"), "geometry", geometry);
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", json)).actionGet();
    }

    private void createItems(String index) {
        client().admin()
            .indices()
            .prepareCreate(index)
            .setMapping("v", "type=interest_vector,dimension=" + DIMENSION)
            .get();
    }

    /** Returns vectors in a narrow cone around one axis. */
    private static List<float[]> cone(long seed, int size, int axis) {
        Random random = new Random(seed);
        List<float[]> vectors = new ArrayList<>();
        for (int v = 0; v < size; v++) {
            float[] vector = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] = (float) ((i == axis ? 5 : 0) + random.nextGaussian());
            }
            vectors.add(Vectors.unit(vector));
        }
        return vectors;
    }

    private void index(String index, List<float[]> vectors) {
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        for (float[] vector : vectors) {
            List<Float> list = new ArrayList<>();
            for (float number : vector) {
                list.add(number);
            }
            bulk.add(new IndexRequest(index).source(Map.of("v", list)));
        }
        assertFalse(client().bulk(bulk).actionGet().hasFailures());
    }

    private Tracker tracker() throws Exception {
        CompletableFuture<Tracker> tracker = new CompletableFuture<>();
        getInstanceFromNode(TrackerStore.class)
            .get("shop", ActionListener.wrap(tracker::complete, tracker::completeExceptionally));
        return tracker.get(60, TimeUnit.SECONDS);
    }

    private void refused(RestStatus status, String reason) throws Exception {
        RestCall.Answer answer = rest().post(CALIBRATE, null);
        assertEquals(answer.json().toString(), status.getStatus(), answer.status());
        assertTrue(answer.reason(), answer.reason().contains(reason));
    }

    private Geometry geometry() throws Exception {
        return getInstanceFromNode(GeometryCache.class).of(tracker(), DIMENSION);
    }

    public void testAfterACalibrationACatalogueIsReadThroughItsOwnShape() throws Exception {
        putTracker("products", "auto");
        createItems("products");
        List<float[]> items = cone(1, 1_700, 3);
        index("products", items);
        assertEquals("nobody fitted yet", 0, geometry().itemMean()[3], 0);

        RestCall.Answer answer = rest().post(CALIBRATE, null);
        assertEquals(answer.json().toString(), 200, answer.status());
        assertEquals("shop", answer.json().get("tracker"));
        assertEquals(1_700, answer.json().get("items"));
        assertEquals(0, answer.json().get("skipped"));
        assertTrue((int) answer.json().get("took") >= 0);
        assertEquals(tracker().fit().version(), ((Number) answer.json().get("geometry_version")).longValue());
        assertEquals(1_700, tracker().fit().items());

        assertBusy(() -> assertTrue(geometry().itemMean()[3] > 0.8), 60, TimeUnit.SECONDS);
        Geometry geometry = geometry();
        float[] direction = geometry.direction(Vectors.plusScaled(items.get(0), -1, geometry.itemMean()));
        double bias = geometry.bias(direction);
        double sum = 0, squares = 0;
        for (float[] item : items) {
            double z = Vectors.dot(direction, item) - bias;
            sum += z;
            squares += z * z;
        }
        assertEquals(0, sum / items.size(), 1e-3);
        // a quarter of the fit is the isotropic spread of an unknown catalogue
        assertEquals(1, squares / items.size(), 0.3);
    }

    private double averageInterest(int size) {
        SearchHit[] hits = client().prepareSearch("products")
            .setQuery(QueryBuilders.wrapperQuery("{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\"}}"))
            .setSize(size)
            .get()
            .getHits()
            .getHits();
        assertEquals(size, hits.length);
        return Arrays.stream(hits).mapToDouble(SearchHit::getScore).average().orElseThrow();
    }

    public void testInANarrowConeAllItemsLookGoodUntilItIsCalibrated() throws Exception {
        putTracker("products", "auto");
        createItems("products");
        List<float[]> items = cone(14, 1_000, 3);
        index("products", items);
        List<Float> clicked = new ArrayList<>();
        for (float number : items.get(0)) {
            clicked.add(number);
        }
        RawEvent click = RawEvent.of(Map.of("user", "ann", "type", "purchase", "vector", clicked));
        client()
            .execute(
                TransportTrackEventsAction.TYPE, new TrackEventsRequest("shop", List.of(click), RefreshPolicy.NONE)
            )
            .actionGet();
        assertTrue("raw cosine: all are like all", averageInterest(1_000) > 0.7);
        assertEquals(200, rest().post(CALIBRATE, null).status());
        assertBusy(() -> assertTrue(geometry().itemMean()[3] > 0.8), 60, TimeUnit.SECONDS);
        assertEquals("the average item is neither liked nor disliked", 0.5, averageInterest(1_000), 0.05);
    }

    public void testADrawIsRandomWithinItsBoundAndTheSameForASeed() throws Exception {
        createItems("products");
        putTracker("products", "off");
        index("products", cone(2, 3_200, 0));
        List<float[]> means = new ArrayList<>();
        for (int seed : new int[]{ 1, 1, 2 }) {
            CatalogueSampler.Drawn all = draw(tracker().items(), seed);
            assertEquals(3_000, all.sample().size());
            assertEquals(3_200, all.catalogue());
            means.add(all.sample().shrunkToIsotropic(1).itemMean());
        }
        assertArrayEquals(means.get(0), means.get(1), 0);
        assertFalse(Arrays.equals(means.get(0), means.get(2)));
    }

    private CatalogueSampler.Drawn draw(Tracker.Items items, int seed) throws Exception {
        CompletableFuture<CatalogueSampler.Drawn> drawn = new CompletableFuture<>();
        getInstanceFromNode(CatalogueSampler.class).draw(
            items, OptionalInt.of(DIMENSION), seed, new Silent(),
            ActionListener.wrap(drawn::complete, drawn::completeExceptionally)
        );
        return drawn.get(60, TimeUnit.SECONDS);
    }

    private static final class Silent implements GeometryFitter.Progress {
        @Override
        public void at(GeometryFitter.Stage stage, int items) {}

        @Override
        public void own(SearchRequest search) {}
    }

    public void testATrackerShowsItsVersionAndWhatGetAnswersCanBePut() throws Exception {
        putTracker("products", "auto");
        createItems("products");
        index("products", cone(3, 10, 0));
        RestCall rest = rest();
        assertEquals(0, rest.get("/_plugins/_interest/trackers/shop").json().get("geometry_version"));
        rest.post(CALIBRATE, null);
        rest.post(CALIBRATE, null);
        Map<String, Object> shown = rest.get("/_plugins/_interest/trackers/shop").json();
        assertEquals(2, shown.get("geometry_version"));
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", new HashMap<>(shown))).actionGet();
        assertEquals(shown, rest.get("/_plugins/_interest/trackers/shop").json());
    }

    public void testATrackerOfACatalogueIsFittedByItselfAndAgainForAnother() throws Exception {
        createItems("products");
        index("products", cone(4, 600, 1));
        putTracker("products", "auto");
        assertBusy(() -> assertTrue(geometry().itemMean()[1] > 0.8), 60, TimeUnit.SECONDS);
        createItems("wines");
        index("wines", cone(5, 600, 2));
        putTracker("wines", "auto");
        assertBusy(() -> assertTrue(geometry().itemMean()[2] > 0.8), 60, TimeUnit.SECONDS);
        assertTrue(geometry().itemMean()[1] < 0.2);
    }

    public void testACatalogueThatGrewIsFittedAgain() throws Exception {
        putTracker("products", "auto");
        createItems("products");
        var watch = getInstanceFromNode(CatalogueWatcher.class);
        watch.look();
        index("products", cone(6, 120, 1));
        assertBusy(() -> {
            watch.look();
            assertEquals(120, tracker().fit().items());
        }, 60, TimeUnit.SECONDS);
        long version = tracker().fit().version();
        index("products", cone(7, 130, 1));
        assertBusy(() -> {
            watch.look();
            assertEquals(250, tracker().fit().items());
        }, 60, TimeUnit.SECONDS);
        assertTrue(tracker().fit().version() > version);
    }

    public void testWithoutGeometryNothingIsFitted() throws Exception {
        createItems("products");
        index("products", cone(8, 20, 1));
        putTracker("products", "off");
        refused(
            RestStatus.BAD_REQUEST,
            "[interest] [geometry] of tracker [shop] must be [auto] to be calibrated, but was [off]"
        );
        assertTrue(tracker().fit().isNone());
    }

    public void testADeletedTrackersGeometryIsDeleted() throws Exception {
        putTracker("products", "auto");
        createItems("products");
        index("products", cone(9, 20, 1));
        rest().post(CALIBRATE, null);
        GetRequest stored = new GetRequest(InterestIndex.GEOMETRIES, tracker().uid());
        assertTrue(client().get(stored).actionGet().isExists());
        client().execute(TransportDeleteTrackerAction.TYPE, new TrackerRequest("shop", Map.of())).actionGet();
        assertFalse(client().get(stored).actionGet().isExists());
        refused(RestStatus.NOT_FOUND, "[interest] no [tracker] named [shop]");
    }

    public void testIndicesThatCannotBeFittedTo() throws Exception {
        putTracker("products", "auto");
        refused(
            RestStatus.BAD_REQUEST,
            "[interest] [items.index] of tracker [shop] must be an index with items, but there is no [products]"
        );
        createItems("products");
        refused(
            RestStatus.BAD_REQUEST,
            "[interest] [items.index] must hold items with a vector in [v] of their source, but [products] has none: index some"
        );
        client().admin().indices().prepareClose("products").get();
        refused(
            RestStatus.BAD_REQUEST,
            "[interest] [items.index] of tracker [shop] must be an open index, but [products] is closed"
        );
    }

    public void testHardlyAnyItemsAndItemsThatAreAllTheSame() throws Exception {
        putTracker("products", "auto");
        createItems("products");
        List<float[]> three = cone(10, 3, 1);
        index("products", three);
        assertEquals(3, rest().post(CALIBRATE, null).json().get("items"));
        assertBusy(() -> assertTrue(geometry().itemMean()[1] > 0.5), 60, TimeUnit.SECONDS);
        createItems("same");
        index("same", List.of(three.get(0), three.get(0), three.get(0)));
        putTracker("same", "auto");
        assertEquals(3, rest().post(CALIBRATE, null).json().get("items"));
        assertBusy(() -> assertArrayEquals(three.get(0), geometry().itemMean(), 1e-6f), 60, TimeUnit.SECONDS);
        Vectors.requireDirection("direction", geometry().direction(three.get(1)));
    }

    public void testVectorsOfOtherDimensionsAndWithoutADirectionAreSkipped() throws Exception {
        putTracker("products", "auto");
        client().admin().indices().prepareCreate("products").setMapping("v", "type=float").get();
        List<float[]> mixed = new ArrayList<>(cone(11, 40, 1));
        index("products", List.of(new float[DIMENSION]));
        refused(RestStatus.BAD_REQUEST, "[products] has none of use among [1] seen");
        client().admin().indices().prepareDelete("products").get();
        createItems("products");
        index("products", mixed);
        client()
            .index(
                new IndexRequest("products").id("bare").source(Map.of("w", 1)).setRefreshPolicy(RefreshPolicy.IMMEDIATE)
            )
            .actionGet();
        assertEquals("an item without a vector is not drawn", 0, rest().post(CALIBRATE, null).json().get("skipped"));
        client().admin().indices().prepareCreate("others").setMapping("v", "type=float").get();
        index("others", List.of(new float[]{ 1, 2, 3 }, new float[DIMENSION], new float[]{ 1 }));
        client().admin().indices().prepareAliases().addAlias("others", "all").addAlias("products", "all").get();
        CatalogueSampler.Drawn drawn = draw(new Tracker.Items("all", "v", null), 1);
        assertEquals(43, drawn.seen());
        assertEquals(40, drawn.sample().size());
    }

    public void testWhoDoesNotWaitGetsATask() throws Exception {
        putTracker("products", "auto");
        createItems("products");
        index("products", cone(12, 20, 1));
        RestCall.Answer answer = rest().post(CALIBRATE + "?wait_for_completion=false", null);
        String id = (String) answer.json().get("task");
        assertNotNull(answer.json().toString(), id);
        var task = client().admin().cluster().prepareGetTask(new TaskId(id)).setWaitForCompletion(true).get().getTask();
        assertTrue(task.isCompleted());
        assertEquals(TransportCalibrateAction.NAME, task.getTask().getAction());
        assertEquals("calibrates tracker [shop]", task.getTask().getDescription());
        assertTrue(task.getTask().isCancellable());
        assertEquals(20, task.getResponseAsMap().get("items"));
        assertEquals(20, tracker().fit().items());
    }

    public void testACancelledCalibrationChangesNothing() throws Exception {
        putTracker("products", "auto");
        createItems("products");
        index("products", cone(13, 20, 1));
        GeometryFitter calibration = getInstanceFromNode(GeometryFitter.class);
        CompletableFuture<GeometryFitter.Result> result = new CompletableFuture<>();
        calibration.run("shop", 1, true, new GeometryFitter.Progress() {
            @Override
            public void at(GeometryFitter.Stage stage, int items) {
                if (stage == GeometryFitter.Stage.STORING) {
                    throw new IllegalStateException("stop");
                }
            }

            @Override
            public void own(SearchRequest search) {}
        }, ActionListener.wrap(result::complete, result::completeExceptionally));
        Exception e = expectThrows(Exception.class, () -> result.get(60, TimeUnit.SECONDS));
        assertEquals("stop", ExceptionsHelper.unwrapCause(e.getCause()).getMessage());
        assertTrue(tracker().fit().isNone());
    }

    public void testAnUnknownTracker() {
        ResourceNotFoundException e = expectThrows(
            ResourceNotFoundException.class,
            () -> client().execute(TransportCalibrateAction.TYPE, new CalibrateRequest("nobody", false)).actionGet()
        );
        assertTrue(e.getMessage(), e.getMessage().startsWith("[interest] no [tracker] named [nobody]"));
    }
}
