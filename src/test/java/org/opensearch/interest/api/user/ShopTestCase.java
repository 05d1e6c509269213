package org.opensearch.interest.api.user;

import org.opensearch.action.admin.indices.create.CreateIndexRequestBuilder;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.ingest.PutPipelineRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.event.RestTrackEventsAction;
import org.opensearch.interest.api.tracker.RestTrackerAction;
import org.opensearch.plugins.Plugin;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.transport.client.node.NodeClient;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Base of tests through REST: one node with the bundled model, an index of four products and the tracker "shop". */
abstract class ShopTestCase extends OpenSearchSingleNodeTestCase {
    static final String USERS = "/_plugins/_interest/trackers/shop/users/";

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
        String pipeline = "{\"processors\":[{\"interest_embedding\":{\"fields\":[\"title\"],\"target_field\":\"embedding\"}}]}";
        client().admin()
            .cluster()
            .putPipeline(new PutPipelineRequest("embed", new BytesArray(pipeline), XContentType.JSON))
            .actionGet();
        CreateIndexRequestBuilder products = client().admin().indices().prepareCreate("products");
        products.setSettings(
            Settings.builder()
                .put("index.default_pipeline", "embed")
                .put("index.number_of_shards", 1)
                .put("index.number_of_replicas", 0)
        );
        products.setMapping("title", "type=text", "embedding", "type=interest_vector,dimension=384").get();
        for (String title : List.of("coffee mug", "bread", "jogging shoes", "garden hose")) {
            String id = title.substring(title.indexOf(' ') + 1);
            client()
                .index(
                    new IndexRequest("products").id(id)
                        .source(Map.of("title", title))
                        .setRefreshPolicy(RefreshPolicy.IMMEDIATE)
                )
                .actionGet();
        }
        String tracker = "{\"items\":{\"index\":\"products\",\"title_field\":\"title\"}}";
        assertEquals(200, send(Method.PUT, "/_plugins/_interest/trackers/shop", tracker).status());
    }

    RestCall.Answer send(Method method, String path, String json) throws Exception {
        return new RestCall(
            getInstanceFromNode(NodeClient.class), new RestTrackerAction(), new RestTrackEventsAction(),
            new RestUserAction(), new RestExportUserAction()
        ).send(method, path, json);
    }

    /** Sends one event and returns its result. */
    String event(String user, String rest) throws Exception {
        RestCall.Answer answer = send(
            Method.POST, "/_plugins/_interest/trackers/shop/events", "{\"user\":\"" + user + "\"," + rest + "}"
        );
        assertEquals(answer.json().toString(), 200, answer.status());
        return (String) ((Map<?, ?>) ((List<?>) answer.json().get("items")).get(0)).get("result");
    }

    String click(String user, String item) throws Exception {
        return event(user, "\"type\":\"click\",\"item\":\"" + item + "\"");
    }

    RestCall.Answer get(String user) throws Exception {
        return send(Method.GET, USERS + user, null);
    }

    void put(String user, String json) throws Exception {
        RestCall.Answer answer = send(Method.PUT, USERS + user, json);
        assertEquals(answer.json().toString(), 200, answer.status());
        assertEquals(true, answer.json().get("acknowledged"));
    }

    RestCall.Answer merge(String from, String into) throws Exception {
        return send(Method.POST, USERS + into + "/_merge", "{\"from\":\"" + from + "\"}");
    }

    /** Returns the scores by product, the best first, of a search by this user's interest. */
    Map<String, Float> search(String user) throws Exception {
        return search("\"user\":\"" + user + "\"", "match_all", "{}");
    }

    Map<String, Float> search(String who, String innerType, String inner) throws Exception {
        String body = "{\"query\":{\"interest\":{\"tracker\":\"shop\"," + who + ",\"query\":{\"" + innerType + "\":"
            + inner + "}}}}";
        NamedXContentRegistry registry = getInstanceFromNode(NamedXContentRegistry.class);
        try (XContentParser parser = JsonXContent.jsonXContent
            .createParser(registry, DeprecationHandler.IGNORE_DEPRECATIONS, body)) {
            SearchSourceBuilder source = SearchSourceBuilder.fromXContent(parser);
            Map<String, Float> scores = new LinkedHashMap<>();
            for (SearchHit hit : client().search(new SearchRequest("products").source(source)).actionGet().getHits()) {
                scores.put(hit.getId(), hit.getScore());
            }
            return scores;
        }
    }
}
