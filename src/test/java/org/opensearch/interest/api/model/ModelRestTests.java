package org.opensearch.interest.api.model;

import org.apache.lucene.tests.util.LuceneTestCase;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.indices.breaker.CircuitBreakerService;
import org.opensearch.env.Environment;
import org.opensearch.interest.RestCall;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.stats.NodeStats;
import org.opensearch.interest.api.stats.StatsRequest;
import org.opensearch.interest.api.stats.TransportStatsAction;
import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.onnx.TinyModel;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;
import org.opensearch.transport.client.node.NodeClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tests of the model endpoints, on a node with the bundled model and a broken model in its configuration. */
@LuceneTestCase.SuppressFileSystems("ExtrasFS") // it sometimes adds a folder to the models
public class ModelRestTests extends OpenSearchSingleNodeTestCase {
    private static final String EMBED = "/_plugins/_interest/models/all-minilm-l6-v2/_embed";

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    private static Path models;

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    @Override
    protected Settings nodeSettings() {
        Path home = createTempDir();
        try {
            Path broken = Files.createDirectories(home.resolve("config/interest/models/broken"));
            models = broken.getParent();
            Files.writeString(
                broken.resolve("model.json"),
                "{\"model_id\":\"broken\",\"dimension\":8,\"pooling\":\"cls\",\"max_tokens\":32}"
            );
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Settings.builder().put(Environment.PATH_HOME_SETTING.getKey(), home).build();
    }

    private RestCall rest() {
        return new RestCall(
            getInstanceFromNode(NodeClient.class), new RestGetModelsAction(), new RestEmbedAction(),
            new RestReloadModelAction()
        );
    }

    private RestCall.Answer embed(String body) throws Exception {
        return rest().post(EMBED, body);
    }

    private static float[] vector(RestCall.Answer answer, int place) {
        List<?> numbers = (List<?>) ((Map<?, ?>) ((List<?>) answer.json().get("embeddings")).get(place)).get("vector");
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = ((Number) numbers.get(i)).floatValue();
        }
        return vector;
    }

    public void testTextsBecomeVectors() throws Exception {
        RestCall.Answer answer = embed(
            "{\"texts\":[\"running shoes\",\"jogging sneakers\",\"running shoes\"],\"type\":\"query\"}"
        );
        assertEquals(answer.json().toString(), 200, answer.status());
        assertEquals("all-minilm-l6-v2", answer.json().get("model_id"));
        assertEquals(384, answer.json().get("dimension"));
        assertTrue(((Number) answer.json().get("took")).longValue() >= 0);
        assertEquals(3, ((List<?>) answer.json().get("embeddings")).size());
        Map<?, ?> first = (Map<?, ?>) ((List<?>) answer.json().get("embeddings")).get(0);
        assertEquals(4, first.get("tokens"));
        assertEquals(false, first.get("truncated"));
        assertEquals(0, first.get("unknown_tokens"));
        assertEquals(0.801, Vectors.cosine(vector(answer, 0), vector(answer, 1)), 0.005);
        assertArrayEquals(vector(answer, 0), vector(answer, 2), 0f);
        assertArrayEquals(vector(answer, 0), vector(embed("{\"texts\":[\"running shoes\"]}"), 0), 0f);
    }

    public void testModelsAreListedTheBrokenOneWithItsReason() throws Exception {
        // waits until the loading of both models has ended, with or without success: they load one after the other
        embed("{\"texts\":[\"a\"]}");
        RestCall.Answer broken = rest().post("/_plugins/_interest/models/broken/_embed", "{\"texts\":[\"a\"]}");
        assertEquals(400, broken.status());
        assertTrue(
            broken.reason(),
            broken.reason()
                .matches("\\[interest] model \\[broken] cannot be used: the file \\[.*model.onnx] is missing")
        );

        RestCall.Answer all = rest().get("/_plugins/_interest/models");
        assertEquals(200, all.status());
        assertEquals(2, ((List<?>) all.json().get("models")).size());
        RestCall.Answer one = rest().get("/_plugins/_interest/models/all-minilm-l6-v2");
        assertEquals(
            Map.of(
                "model_id", "all-minilm-l6-v2", "dimension", 384, "max_tokens", 256, "pooling", "mean", "normalize",
                true, "query_prefix", "", "passage_prefix", "", "device", "cpu", "bundled", true
            ), without(without(one.json(), "loaded"), "version")
        );
        assertEquals(true, one.json().get("loaded"));
        assertTrue(one.json().toString(), ((String) one.json().get("version")).matches("[0-9a-f]{16}"));
        RestCall.Answer listed = rest().get("/_plugins/_interest/models/broken");
        assertEquals(200, listed.status());
        assertEquals(false, listed.json().get("loaded"));
        assertEquals(broken.reason(), listed.json().get("error"));
    }

    public void testAModelIsAddedReplacedAndRefusedWithoutARestart() throws Exception {
        String tiny = "/_plugins/_interest/models/tiny";
        RestCall.Answer absent = rest().post(tiny + "/_reload", null);
        assertEquals(404, absent.status());
        assertEquals("[interest] there is no model [tiny]; there are [all-minilm-l6-v2, broken]", absent.reason());

        TinyModel.roberta(1).write(models, "tiny");
        RestCall.Answer added = rest().post(tiny + "/_reload", null);
        assertEquals(added.json().toString(), 200, added.status());
        Map<?, ?> node = (Map<?, ?>) ((Map<?, ?>) added.json().get("nodes")).values().iterator().next();
        assertEquals("cpu", node.get("device"));
        float[] first = vector(rest().post(tiny + "/_embed", "{\"texts\":[\"shoes\"]}"), 0);
        assertEquals(TinyModel.DIMENSION, first.length);

        TinyModel.roberta(2).write(models, "tiny");
        RestCall.Answer replaced = rest().post(tiny + "/_reload", null);
        Map<?, ?> after = (Map<?, ?>) ((Map<?, ?>) replaced.json().get("nodes")).values().iterator().next();
        assertNotEquals(node.get("version"), after.get("version"));
        assertEquals(after.get("version"), rest().get(tiny).json().get("version"));
        float[] second = vector(rest().post(tiny + "/_embed", "{\"texts\":[\"shoes\"]}"), 0);
        assertTrue("what the old one said is forgotten", Vectors.cosine(first, second) < 0.99);

        Files.writeString(models.resolve("tiny/model.onnx"), "no network");
        RestCall.Answer refused = rest().post(tiny + "/_reload", null);
        assertEquals(400, refused.status());
        assertTrue(refused.reason(), refused.reason().endsWith("; the model as it was before goes on answering"));
        assertArrayEquals(second, vector(rest().post(tiny + "/_embed", "{\"texts\":[\"shoes\"]}"), 0), 0f);
    }

    public void testWhatIsAskedAgainIsRememberedAndCounted() throws Exception {
        float[] first = vector(embed("{\"texts\":[\"running shoes\"]}"), 0);
        assertArrayEquals(first, vector(embed("{\"texts\":[\"running shoes\"]}"), 0), 0f);
        NodeStats stats = client().execute(TransportStatsAction.TYPE, new StatsRequest()).actionGet().getNodes().get(0);
        assertEquals(1, stats.inference().texts());
        assertEquals(1, stats.cache().hits());
        CircuitBreaker breaker = getInstanceFromNode(CircuitBreakerService.class).getBreaker("interest");
        assertEquals(stats.cache().bytes(), breaker.getUsed());
        assertTrue(breaker.getUsed() > 384 * 4);
    }

    public void testDeadlinesAreChecked() throws Exception {
        assertEquals(200, rest().post(EMBED + "?timeout=30s", "{\"texts\":[\"a\"]}").status());
        RestCall.Answer none = rest().post(EMBED + "?timeout=0ms", "{\"texts\":[\"a\"]}");
        assertEquals(400, none.status());
        assertEquals("[interest] [timeout] must be at least [1ms], but was [0ms]", none.reason());
    }

    public void testUnknownModelsAre404() throws Exception {
        String reason = "[interest] there is no model [nope]; there are [all-minilm-l6-v2, broken]";
        for (String outside : List.of("..%2f..%2fetc", "..%2fall-minilm-l6-v2", "a%00b")) {
            assertEquals(
                404, rest().post("/_plugins/_interest/models/" + outside + "/_embed", "{\"texts\":[\"a\"]}").status()
            );
            assertEquals(404, rest().post("/_plugins/_interest/models/" + outside + "/_reload", null).status());
        }
        for (RestCall.Answer answer : List.of(
            rest().post("/_plugins/_interest/models/nope/_reload", null), rest().get("/_plugins/_interest/models/nope"),
            rest().post("/_plugins/_interest/models/nope/_embed", "{\"texts\":[\"a\"]}")
        )) {
            assertEquals(404, answer.status());
            assertEquals(reason, answer.reason());
        }
    }

    public void testBadBodiesAre400AndSayWhy() throws Exception {
        refused("{}", "[interest] [texts] of embed request is missing: it must be a list of strings");
        refused("{\"texts\":[]}", "[interest] [texts] of embed request must hold 1 to 10000 texts, but holds [0]");
        refused("{\"texts\":\"a\"}", "[interest] [texts] of embed request must be a list of strings, but was [a]");
        refused("{\"texts\":[\"a\",1]}", "[interest] [texts[1]] of embed request must be a string, but was [1]");
        refused(
            "{\"texts\":[\" \"]}",
            "[interest] [texts[0]] must not be blank, but holds [1] characters and none that can be seen"
        );
        refused(
            "{\"texts\":[\"a\",\"b\\ud83e\"]}",
            "[interest] [texts[1]] must be valid Unicode, but character [1] is the lone surrogate [U+D83E]"
        );
        refused(
            "{\"texts\":[\"" + "x".repeat(TextRules.MAX_CHARACTERS + 1) + "\"]}",
            "[interest] [texts[0]] must hold at most [1000000] characters, but holds [1000001]"
        );
        refused(
            "{\"texts\":[\"a\"],\"type\":\"poem\"}",
            "[interest] [type] of embed request must be one of [passage, query], but was [poem]"
        );
        refused(
            "{\"texts\":[\"a\"],\"typ\":\"query\"}",
            "[interest] unknown key [typ] in embed request: allowed are [texts, type]"
        );
        refused("[\"a\"]", "[interest] embed request must be an object, but starts with [START_ARRAY]");
        String more = "[interest] the body goes on after its first JSON value: send one object";
        refused("{\"texts\":[\"a\"]}{\"x\":1}", more);
        refused("{\"texts\":[\"a\"]} 5", more);
        refused(
            null, "[interest] embed request must have a body, such as {\"texts\":[\"running shoes\"]}, but has none"
        );
        assertEquals(400, embed("{\"texts\":[\"a\"").status());
        RestCall.Answer deep = embed("{\"texts\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}");
        assertEquals(400, deep.status());
        // the numbers in the message have the digits of the locale
        assertTrue(
            deep.reason(), deep.reason().startsWith("[interest] embed request cannot be read: Document nesting depth (")
        );
        assertEquals(
            "a number of five thousand digits", 400, embed("{\"texts\":[" + "9".repeat(5_000) + "]}").status()
        );
        refused(
            "{\"texts\":[" + "\"a\",".repeat(99_999) + "\"a\"]}",
            "[interest] [texts] of embed request must hold 1 to 10000 texts, but holds [100000]"
        );
        refused(
            "{\"texts\":[\"" + "x".repeat(10_000_000) + "\"]}",
            "[interest] [texts[0]] must hold at most [1000000] characters, but holds [10000000]"
        );
        refused("{\"texts\":null}", "[interest] [texts] of embed request must be a list of strings, but was [null]");
        refused("{\"texts\":[null]}", "[interest] [texts[0]] of embed request must be a string, but was [null]");
        assertEquals(400, embed("{\"texts\":[\"a\"],\"texts\":[\"b\"]}").status());
    }

    private void refused(String body, String reason) throws Exception {
        RestCall.Answer answer = embed(body);
        assertEquals(answer.json().toString(), 400, answer.status());
        assertEquals(reason, answer.reason());
    }

    private static Map<String, Object> without(Map<String, Object> json, String key) {
        Map<String, Object> rest = new HashMap<>(json);
        rest.remove(key);
        return rest;
    }
}
