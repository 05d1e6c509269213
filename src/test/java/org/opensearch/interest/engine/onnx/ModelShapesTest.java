package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.interest.core.embedding.Device;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.embedding.Pooling;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.inference.ModelDescriptionReader;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One network for every shape that exporters produce, loaded and run. */
class ModelShapesTest {
    @TempDir
    Path temporary;

    private Path folder() {
        return temporary;
    }

    private Encoder load(TinyModel model) throws Exception {
        model.write(folder(), "tiny");
        return BundledModel.loader().load(ModelDescriptionReader.read(folder().resolve("tiny")));
    }

    private String refused(TinyModel model) throws Exception {
        model.write(folder(), "tiny");
        ModelException e = assertThrows(
            ModelException.class,
            () -> BundledModel.loader().load(ModelDescriptionReader.read(folder().resolve("tiny"))).close()
        );
        assertEquals(ModelException.Kind.BROKEN, e.kind());
        return e.getMessage();
    }

    private static float[] embed(Encoder encoder, String text) {
        return encoder.encode(text, TextType.PASSAGE).vector();
    }

    private static float[] unitSum(String... words) {
        float[] sum = new float[TinyModel.DIMENSION];
        for (String word : words) {
            sum = Vectors.plusScaled(sum, 1, TinyModel.row(word));
        }
        return Vectors.unit(sum);
    }

    @Test
    void idsAndMaskAlone() throws Exception {
        try (Encoder encoder = load(TinyModel.roberta())) {
            Embedding embedding = encoder.encode("running shoes never", TextType.PASSAGE);
            assertArrayEquals(unitSum("[CLS]", "running", "shoes", "[UNK]", "[SEP]"), embedding.vector(), 1e-6f);
            assertEquals(5, embedding.tokens());
            assertEquals(1, embedding.unknownTokens());
            assertTrue(encoder.batch() > 1, "rounding alone tells company from none");
            assertTrue(encoder.encode("shoes ".repeat(15), TextType.PASSAGE).truncated());
        }
    }

    @Test
    void segmentsAndPositions() throws Exception {
        try (Encoder bert = load(TinyModel.bert())) {
            assertEquals(TinyModel.DIMENSION, embed(bert, "coffee mug").length);
        }
        try (Encoder positions = load(TinyModel.withPositions())) {
            float[] vector = embed(positions, "coffee mug");
            assertNotEquals(
                1, Vectors.cosine(vector, unitSum("[CLS]", "coffee", "mug", "[SEP]")), 1e-6, "positions count"
            );
        }
    }

    @Test
    void everyPooling() throws Exception {
        try (Encoder cls = load(TinyModel.roberta().pooling(Pooling.CLS))) {
            assertArrayEquals(unitSum("[CLS]"), embed(cls, "coffee mug"), 1e-6f);
        }
        try (Encoder last = load(TinyModel.roberta().pooling(Pooling.LAST_TOKEN))) {
            assertArrayEquals(unitSum("[SEP]"), embed(last, "coffee mug"), 1e-6f);
            float[] padded = last.encodeAll(List.of("mug", "mug coffee"), TextType.PASSAGE).get(0).vector();
            assertArrayEquals(unitSum("[SEP]"), padded, 1e-6f, "in company too, where it is padded");
        }
        try (Encoder inside = load(TinyModel.roberta().pooledInside())) {
            assertArrayEquals(unitSum("[CLS]", "coffee", "mug", "[SEP]"), embed(inside, "coffee mug"), 1e-6f);
            assertEquals(1, inside.batch(), "a pooling that counts padding makes a vector depend on its company");
        }
    }

    @Test
    void halfPrecision() throws Exception {
        try (Encoder half = load(TinyModel.half())) {
            assertTrue(Vectors.cosine(unitSum("[CLS]", "coffee", "mug", "[SEP]"), embed(half, "coffee mug")) > 0.9999);
        }
    }

    @Test
    void whatChangesInCompanyIsFoundOutAndRunAlone() throws Exception {
        try (Encoder quantized = load(TinyModel.quantized())) {
            assertEquals(1, quantized.batch());
            float[] alone = embed(quantized, "shoes");
            assertArrayEquals(
                alone, quantized.encodeAll(List.of("1984", "shoes", "1984 mug"), TextType.PASSAGE).get(1).vector(), 0
            );
        }
        try (Encoder bundled = BundledModel.load()) {
            assertEquals(1, bundled.batch());
        }
    }

    @Test
    void companyChangesNothingWhereItIsAllowed() throws Exception {
        try (Encoder encoder = load(TinyModel.bert().maxTokens(32))) {
            List<String> texts = List.of(
                "shoes", "coffee mug", "running shoes running shoes", "x", "1984 !!", "mug ".repeat(40), "shoes",
                "coffee"
            );
            List<Embedding> together = encoder.encodeAll(texts, TextType.PASSAGE);
            for (int i = 0; i < texts.size(); i++) {
                Embedding alone = encoder.encode(texts.get(i), TextType.PASSAGE);
                assertTrue(Vectors.cosine(alone.vector(), together.get(i).vector()) > 0.99999, texts.get(i));
                assertEquals(alone.tokens(), together.get(i).tokens());
                assertEquals(alone.truncated(), together.get(i).truncated());
            }
        }
    }

    @Test
    void namedOutputsPrefixesAndFewerDimensions() throws Exception {
        try (Encoder encoder = load(
            TinyModel.roberta().named("token_embeddings").queryPrefix("running ").describedAs(4, true)
        )) {
            float[] whole = unitSum("[CLS]", "running", "shoes", "[SEP]");
            assertArrayEquals(
                Vectors.unit(Arrays.copyOf(whole, 4)), encoder.encode("shoes", TextType.QUERY).vector(), 1e-6f
            );
        }
        assertThat(
            refused(TinyModel.roberta().describedAs(4, false)),
            containsString(
                "[dimension] of the description is [4], but the network's output [last_hidden_state] has [8]. "
                    + "If it was trained for fewer (Matryoshka), set [matryoshka] to true"
            )
        );
        assertThat(
            refused(TinyModel.roberta().describedAs(9, true)),
            containsString(
                "[dimension] of the description is [9], but the network's output [last_hidden_state] has [8]"
            )
        );
    }

    @Test
    void whatDoesNotBelongTogetherIsSaid() throws Exception {
        assertThat(
            refused(TinyModel.roberta().tokenizerWith(500)),
            containsString(
                "[tokenizer.json] knows tokens up to number [499], and [model.onnx] fails on that one: they do not belong together ("
            )
        );
        assertThat(
            refused(TinyModel.withPositions().maxTokens(64)),
            containsString("[max_tokens] of the description is [64], but the network fails on a text of [64] tokens (")
        );
        assertThat(
            refused(TinyModel.roberta().input("pixel_values")),
            containsString(
                "the network wants the input [pixel_values]; only [attention_mask, input_ids, position_ids, token_type_ids] can be given"
            )
        );
        assertThat(
            refused(TinyModel.half().pooledInside().pooling(Pooling.MEAN).describedAs(3, false)),
            containsString("has [8]")
        );
    }

    @Test
    void weightsMayLieBesideTheNetworkAndNowhereElse() throws Exception {
        try (Encoder encoder = load(TinyModel.withWeightsIn("model.onnx_data"))) {
            assertArrayEquals(unitSum("[CLS]", "mug", "[SEP]"), embed(encoder, "mug"), 1e-6f);
        }
        Files.createDirectories(folder().resolve("tiny"));
        assertThat(
            refused(TinyModel.withWeightsIn("../stolen")),
            containsString("[model.onnx] cannot be loaded: it names weights in [../stolen], outside its folder")
        );
        ModelFolder absent = TinyModel.withWeightsIn("gone").write(folder(), "tiny");
        Files.delete(absent.model().resolveSibling("gone"));
        assertThat(
            assertThrows(ModelException.class, () -> BundledModel.loader().load(absent)).getMessage(),
            containsString("it names weights in [gone], and there is no such file beside it")
        );
    }

    @Test
    void aFileThatIsCutOffAtAnyPlaceOrAnythingElseIsRefused() throws Exception {
        ModelFolder tiny = TinyModel.bert().write(folder(), "tiny");
        byte[] whole = Files.readAllBytes(tiny.model());
        for (int length = 0; length < whole.length; length += 1 + length / 8) {
            Files.write(tiny.model(), Arrays.copyOf(whole, length));
            assertEquals(
                ModelException.Kind.BROKEN,
                assertThrows(ModelException.class, () -> BundledModel.loader().load(tiny), "cut at " + length).kind()
            );
        }
        Files.write(tiny.model(), new byte[]{ 'P', 'K', 3, 4, 0, 0, 0, 0 });
        assertThat(
            assertThrows(ModelException.class, () -> BundledModel.loader().load(tiny)).getMessage(),
            containsString("no ONNX file")
        );
    }

    @Test
    void versionsTellFilesAndDescriptionsApart() throws Exception {
        String first;
        try (Encoder encoder = load(TinyModel.roberta(1))) {
            first = encoder.version();
            assertTrue(first.matches("[0-9a-f]{16}"), first);
        }
        try (Encoder same = load(TinyModel.roberta(1));
            Encoder other = load(TinyModel.roberta(2));
            Encoder cls = load(TinyModel.roberta(1).pooling(Pooling.CLS))) {
            assertEquals(first, same.version());
            assertNotEquals(first, other.version());
            assertNotEquals(first, cls.version());
        }
    }

    @Test
    void aModelThatIsTooLargeOrWantsACardThatIsNotThereIsRefused() throws Exception {
        ModelFolder tiny = TinyModel.roberta().write(folder(), "tiny");
        Path natives = BundledModel.pluginFolder().resolve("native");
        assertThat(
            assertThrows(ModelException.class, () -> new OnnxLoader(natives, Device.CPU, 100, 4).load(tiny))
                .getMessage(),
            containsString(
                "[interest] model [tiny] cannot be used: it needs about [1 MiB] of memory outside the heap for its weights and [1 MiB]"
                    + " for [4] runs at once of [16] tokens, other models take [0 MiB],"
                    + " and [plugins.interest.inference.model_memory_limit] allows [1 MiB] for all of them"
            )
        );
        assertThat(
            assertThrows(
                ModelException.class, () -> new OnnxLoader(natives, Device.parse("cuda:0"), 1 << 30, 4).load(tiny)
            ).getMessage(), containsString("[plugins.interest.inference.device] is [cuda:0], but ")
        );
        try (Encoder encoder = new OnnxLoader(natives, Device.parse("auto"), 1 << 30, 4).load(tiny)) {
            assertEquals("cpu", encoder.device());
        }
        assertEquals(new Device("cuda", 0, true), Device.parse("cuda"));
        assertEquals(new Device("cuda:7", 7, true), Device.parse("cuda:7"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:100", "cuda:one", "cuda :1", "cuda0", "" })
    void aDeviceThatIsNoneIsRefused(String bad) {
        assertThat(
            assertThrows(IllegalArgumentException.class, () -> Device.parse(bad), bad).getMessage(),
            containsString(
                "[interest] [plugins.interest.inference.device] must be one of [auto, cpu, cuda, cuda:N], N being the card's number, "
                    + "but was [" + bad + "]"
            )
        );
    }

    @Test
    void itIsFreedWhenTheLastHolderLetsGo() throws Exception {
        Encoder encoder = load(TinyModel.roberta());
        assertTrue(encoder.retain());
        encoder.close();
        encoder.close();
        assertEquals(TinyModel.DIMENSION, embed(encoder, "mug").length, "who holds it may still run it");
        encoder.release();
        assertEquals(false, encoder.retain());
        assertEquals(
            ModelException.Kind.UNAVAILABLE, assertThrows(ModelException.class, () -> embed(encoder, "mug")).kind()
        );
    }
}
