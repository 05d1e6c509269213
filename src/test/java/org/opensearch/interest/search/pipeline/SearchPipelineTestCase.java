package org.opensearch.interest.search.pipeline;

import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.stats.StatsRequest;
import org.opensearch.interest.api.stats.TransportStatsAction;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.core.tracking.PipelineCounts;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Base of tests with one node, a shop of thirty items of three kinds, whose vectors point along the first three axes, a
 * tracker "shop" and two users: "ann", who likes bread, and "bob", who likes bread a lot and mugs a little.
 */
public abstract class SearchPipelineTestCase extends OpenSearchSingleNodeTestCase {
    protected static final List<String> KINDS = List.of("shoe", "mug", "bread");
    private static final int DIMENSION = 384;
    private static final int OF_A_KIND = 10;

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    protected static float[] vector(int kind, int number) {
        float[] vector = new float[DIMENSION];
        vector[kind] = 1;
        vector[3 + number] = 0.1f * number;
        return vector;
    }

    @Override
    public void setUp() throws Exception {
        super.setUp();
        client().admin()
            .indices()
            .prepareCreate("items")
            .setSettings(Settings.builder().put("index.number_of_shards", 2).put("index.number_of_replicas", 0))
            .setMapping(
                "title", "type=text", "kind", "type=keyword", "price", "type=integer", "embedding",
                "type=interest_vector,dimension=384"
            )
            .get();
        for (int kind = 0; kind < KINDS.size(); kind++) {
            for (int number = 0; number < OF_A_KIND; number++) {
                Map<String, Object> item = new HashMap<>();
                item.put("title", KINDS.get(kind) + " thing");
                item.put("kind", KINDS.get(kind));
                item.put("price", number);
                item.put("embedding", vector(kind, number));
                client().index(new IndexRequest("items").id(KINDS.get(kind) + number).source(item)).actionGet();
            }
        }
        client().admin().indices().prepareRefresh("items").get();
        Map<String, Object> tracker = Map
            .of("items", Map.of("index", "items", "title_field", "title"), "geometry", "off");
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest("shop", tracker)).actionGet();
        for (int number = 0; number < 3; number++) {
            click("ann", "bread" + number);
            click("bob", "bread" + number);
        }
        click("bob", "mug1");
    }

    protected void click(String user, String item) {
        event(Map.of("user", user, "type", "click", "item", item));
    }

    protected void event(Map<String, Object> event) {
        event("shop", event);
    }

    protected void event(String tracker, Map<String, Object> event) {
        TrackEventsRequest request = new TrackEventsRequest(
            tracker, new ArrayList<>(List.of(RawEvent.of(event))), RefreshPolicy.NONE
        );
        assertNull(client().execute(TransportTrackEventsAction.TYPE, request).actionGet().results().get(0).failure());
    }

    protected SearchSourceBuilder source(String body) throws IOException {
        NamedXContentRegistry registry = getInstanceFromNode(NamedXContentRegistry.class);
        try (XContentParser parser = JsonXContent.jsonXContent
            .createParser(registry, DeprecationHandler.IGNORE_DEPRECATIONS, body)) {
            return SearchSourceBuilder.fromXContent(parser);
        }
    }

    /** Searches with a body, given without its braces, and an inline pipeline. */
    protected SearchResponse search(String pipeline, String body) throws IOException {
        String all = "{" + (pipeline == null ? "" : "\"search_pipeline\":" + pipeline + ",") + body + "}";
        SearchResponse response = client().search(new SearchRequest("items").source(source(all)).preference("_primary"))
            .actionGet();
        assertEquals(Arrays.toString(response.getShardFailures()), 0, response.getFailedShards());
        return response;
    }

    protected static String pipeline(String requests, String responses) {
        return "{\"request_processors\":[" + requests + "],\"response_processors\":[" + responses + "]}";
    }

    protected static String personalize(String options) {
        return "{\"interest_personalize\":{" + options + "}}";
    }

    protected static String forUser(String user) {
        return "\"ext\":{\"interest\":{\"user\":\"" + user + "\"}}";
    }

    protected static List<String> ids(SearchResponse response) {
        return Arrays.stream(response.getHits().getHits()).map(SearchHit::getId).toList();
    }

    protected static List<String> kinds(SearchResponse response) {
        return ids(response).stream().map(id -> id.substring(0, id.length() - 1)).toList();
    }

    protected PipelineCounts.Reading counts() {
        return client().execute(TransportStatsAction.TYPE, new StatsRequest())
            .actionGet()
            .getNodes()
            .get(0)
            .pipelines();
    }
}
