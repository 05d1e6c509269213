package org.opensearch.interest.search.pipeline;

import com.carrotsearch.randomizedtesting.annotations.ThreadLeakScope;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.test.OpenSearchIntegTestCase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Pages requested from different nodes use the same interests; vectors are sent between nodes. */
@ThreadLeakScope(ThreadLeakScope.Scope.NONE)
@OpenSearchIntegTestCase.ClusterScope(scope = OpenSearchIntegTestCase.Scope.TEST, numDataNodes = 2)
public class PagingClusterTests extends OpenSearchIntegTestCase {
    private static final int ITEMS = 40;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(TestInterestPlugin.class);
    }

    private void click(float x, float y) {
        Map<String, Object> event = Map.of("user", "ann", "type", "click", "vector", List.of(x, y));
        TrackEventsRequest request = new TrackEventsRequest(
            "shop", new ArrayList<>(List.of(RawEvent.of(event))), RefreshPolicy.NONE
        );
        assertNull(client().execute(TransportTrackEventsAction.TYPE, request).actionGet().results().get(0).failure());
    }

    private static List<String> page(String node, Map<String, Object> pipeline, int from) {
        SearchSourceBuilder source = new SearchSourceBuilder().query(QueryBuilders.matchAllQuery())
            .from(from)
            .size(ITEMS / 4)
            .ext(List.of(new InterestExt("ann", null, "shop", 1f, null, null)));
        source.searchPipelineSource(pipeline);
        SearchRequest request = new SearchRequest("items").source(source);
        return Arrays.stream(internalCluster().client(node).search(request).actionGet().getHits().getHits())
            .map(SearchHit::getId)
            .toList();
    }

    public void testWhateverNodeIsAsked() {
        prepareCreate("items").setMapping("embedding", "type=interest_vector,dimension=2").get();
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        for (int i = 0; i < ITEMS; i++) {
            double angle = Math.PI / 2 * i / ITEMS;
            bulk.add(
                new IndexRequest("items").id("" + i)
                    .source(Map.of("embedding", List.of((float) Math.cos(angle), (float) Math.sin(angle))))
            );
        }
        assertFalse(client().bulk(bulk).actionGet().hasFailures());
        ensureGreen("items");
        Map<String, Object> tracker = Map
            .of("items", Map.of("index", "items", "vector_field", "embedding"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker)).actionGet();
        String[] nodes = internalCluster().getNodeNames();
        for (Map<String, Object> options : List
            .<Map<String, Object>>of(Map.of("weight", 1), Map.of("weight", 1, "blend", "rrf", "window", ITEMS))) {
            click(1, 0);
            // reading a pipeline's configuration removes its keys
            List<String> expected = new ArrayList<>();
            List<String> allHits = new ArrayList<>();
            for (int from = 0; from < ITEMS; from += ITEMS / 4) {
                expected.addAll(page(nodes[0], pipeline(options), from));
            }
            allHits.addAll(page(nodes[0], pipeline(options), 0));
            for (int i = 0; i < 5; i++) {
                click(0, 1);
            }
            for (int from = ITEMS / 4; from < ITEMS; from += ITEMS / 4) {
                allHits.addAll(page(nodes[from / (ITEMS / 4) % nodes.length], pipeline(options), from));
            }
            assertEquals(expected, allHits);
            assertNotEquals(expected.subList(0, ITEMS / 4), page(nodes[1], pipeline(options), 0));
            assertEquals(ITEMS, allHits.stream().distinct().count());
            for (int i = 0; i < 20; i++) {
                click(1, 0);
            }
        }
    }

    private static Map<String, Object> pipeline(Map<String, Object> options) {
        Map<String, Object> processor = new java.util.HashMap<>(
            Map.of("interest_personalize", new java.util.HashMap<>(options))
        );
        return new java.util.HashMap<>(Map.of("request_processors", new ArrayList<>(List.of(processor))));
    }
}
