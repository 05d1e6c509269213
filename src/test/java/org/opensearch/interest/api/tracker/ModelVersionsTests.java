package org.opensearch.interest.api.tracker;

import org.apache.lucene.tests.util.LuceneTestCase;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.event.RestTrackEventsAction;
import org.opensearch.interest.api.model.RestReloadModelAction;
import org.opensearch.interest.api.user.RestUserAction;
import org.opensearch.interest.engine.onnx.TinyModel;
import org.opensearch.plugins.Plugin;
import org.opensearch.rest.RestRequest;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.transport.client.node.NodeClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Tests that vectors of texts by one version of a model are not mixed with vectors of items by another version. */
@LuceneTestCase.SuppressFileSystems("ExtrasFS") // it sometimes adds a folder to the models
public class ModelVersionsTests extends OpenSearchSingleNodeTestCase {
    private static final String TRACKER = "/_plugins/_interest/trackers/shop";

    private static Path models;

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    @Override
    protected Settings nodeSettings() {
        Path home = createTempDir();
        try {
            models = Files.createDirectories(home.resolve("config/interest/models"));
            TinyModel.roberta(1).write(models, "tiny");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Settings.builder().put(Environment.PATH_HOME_SETTING.getKey(), home).build();
    }

    private RestCall rest() {
        NodeClient client = (NodeClient) client();
        return new RestCall(
            client, new RestTrackerAction(), new RestCalibrateAction(), new RestTrackEventsAction(),
            new RestUserAction(), new RestReloadModelAction()
        );
    }

    private void index(int from, int count) {
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        for (int i = from; i < from + count; i++) {
            bulk.add(new IndexRequest("products").source(Map.of("v", List.of(1, i % 7, i % 5, i % 3, 1, 0, 0, 0.5))));
        }
        assertFalse(client().bulk(bulk).actionGet().hasFailures());
    }

    private String reload() throws Exception {
        RestCall.Answer answer = rest().post("/_plugins/_interest/models/tiny/_reload", null);
        assertEquals(answer.json().toString(), 200, answer.status());
        return (String) ((Map<?, ?>) ((Map<?, ?>) answer.json().get("nodes")).values().iterator().next())
            .get("version");
    }

    private RestCall.Answer search(String user) throws Exception {
        return rest()
            .post(TRACKER + "/events", "{\"user\":\"" + user + "\",\"type\":\"search\",\"text\":\"coffee mug\"}");
    }

    private RestCall.Answer declare(String user) throws Exception {
        return rest().send(RestRequest.Method.PUT, TRACKER + "/users/" + user, "{\"interests\":[\"coffee\"]}");
    }

    public void testTextsOfAnotherVersionThanTheItemsAreRefusedUntilSomebodyVouchesForThem() throws Exception {
        String first = reload();
        client().admin().indices().prepareCreate("products").setMapping("v", "type=interest_vector,dimension=8").get();
        RestCall.Answer put = rest().send(
            RestRequest.Method.PUT, TRACKER,
            "{\"items\":{\"index\":\"products\",\"vector_field\":\"v\"},\"model_id\":\"tiny\"}"
        );
        assertEquals(put.json().toString(), 200, put.status());
        index(0, 40);
        assertEquals("nothing is known of the items yet", 200, search("u1").status());
        assertEquals(200, rest().post(TRACKER + "/_calibrate", null).status());
        assertEquals(first, rest().get(TRACKER).json().get("model_version"));
        assertEquals(200, search("u1").status());
        assertEquals(200, declare("u1").status());
        assertEquals(List.of(), rest().get(TRACKER).warnings());

        TinyModel.roberta(2).write(models, "tiny");
        String second = reload();
        String reason = "[interest] the items of tracker [shop] were embedded by version [" + first
            + "] of model [tiny], and this node has version [" + second
            + "]: their vectors do not compare. Give every node the former files, or embed the items anew and POST"
            + " /_plugins/_interest/trackers/shop/_calibrate, then /_rebuild";
        for (RestCall.Answer refused : List.of(search("u1"), declare("u1"))) {
            assertEquals(refused.json().toString(), 409, refused.status());
            assertEquals(reason, refused.reason());
        }
        RestCall.Answer shown = rest().get(TRACKER);
        assertEquals(first, shown.json().get("model_version"));
        assertTrue(
            shown.warnings().toString(), shown.warnings().size() == 1 && shown.warnings().get(0).contains(reason)
        );
        RestCall.Answer click = rest()
            .post(TRACKER + "/events", "{\"user\":\"u1\",\"type\":\"click\",\"vector\":[1,0,0,0,0,0,0,0]}");
        assertEquals("what needs no model goes on", 200, click.status());
        assertEquals(200, rest().get(TRACKER + "/users/u1").status());

        // a grown catalogue is fitted again automatically, but no client has confirmed which model version made its
        // vectors
        index(40, 400);
        client().execute(TransportCalibrateAction.TYPE, CalibrateRequest.toItems("shop")).actionGet();
        assertEquals(first, rest().get(TRACKER).json().get("model_version"));
        assertEquals(409, search("u1").status());

        assertEquals(200, rest().post(TRACKER + "/_calibrate", null).status());
        assertEquals(second, rest().get(TRACKER).json().get("model_version"));
        assertEquals(200, search("u1").status());
        assertEquals(200, declare("u1").status());

        TinyModel.roberta(1).write(models, "tiny");
        assertEquals("the same files are the same version", first, reload());
        assertEquals(409, search("u2").status());
    }
}
