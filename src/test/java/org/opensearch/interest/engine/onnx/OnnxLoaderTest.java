package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Pooling;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.vector.Vectors;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OnnxLoaderTest {
    @TempDir
    Path temporary;

    private static ModelSpec spec(int dimension, Pooling pooling, String output) {
        return new ModelSpec("m", dimension, pooling, true, 64, "", "", Optional.ofNullable(output), false);
    }

    private static String failure(ModelFolder folder) {
        ModelException e = assertThrows(ModelException.class, () -> BundledModel.loader().load(folder));
        assertEquals(ModelException.Kind.BROKEN, e.kind());
        return e.getMessage();
    }

    @Test
    void aDescriptionThatDoesNotFitTheNetworkIsToldWhatTheNetworkHas() {
        assertEquals(
            "[interest] model [m] cannot be used: [model.onnx] cannot be loaded: [dimension] of the description is [385], "
                + "but the network's output [last_hidden_state] has [384]",
            failure(BundledModel.folder(spec(385, Pooling.MEAN, null)))
        );
        assertThat(
            failure(BundledModel.folder(spec(384, Pooling.MEAN, "pooled"))),
            containsString(
                "the network has no output [pooled] with the [3] axes that pooling wants; it has [last_hidden_state FLOAT[-1, -1, 384]]"
            )
        );
        assertThat(
            failure(BundledModel.folder(spec(384, Pooling.NONE, null))),
            containsString(
                "the network has no output with the [2] axes that no pooling wants; it has [last_hidden_state FLOAT[-1, -1, 384]]"
            )
        );
    }

    @Test
    void missingAndCorruptFilesAreNamed() throws Exception {
        ModelFolder good = BundledModel.folder(BundledModel.SPEC);
        Path absent = temporary.resolve("absent.onnx");
        assertEquals(
            "[interest] model [all-minilm-l6-v2] cannot be used: the file [" + absent + "] is missing",
            failure(new ModelFolder(BundledModel.SPEC, absent, good.tokenizer()))
        );
        Path corrupt = Files.createFile(temporary.resolve("corrupt.onnx"));
        Files.writeString(corrupt, "this is no network");
        assertThat(
            failure(new ModelFolder(BundledModel.SPEC, corrupt, good.tokenizer())),
            containsString("[corrupt.onnx] cannot be loaded: ")
        );
        Path json = Files.createFile(temporary.resolve("tokenizer.json"));
        Files.writeString(json, "{\"model\":{\"type\":\"WordPiece\"}}");
        assertThat(
            failure(new ModelFolder(BundledModel.SPEC, good.model(), json)),
            containsString("[tokenizer.json] cannot be loaded: ")
        );
        Files.writeString(json, "[]");
        assertThat(
            failure(new ModelFolder(BundledModel.SPEC, good.model(), json)),
            containsString("no [model] in it: this is no tokenizer.json")
        );
    }

    @Test
    void aPlatformWithoutLibrariesIsSaid() {
        OnnxLoader loader = new OnnxLoader(temporary);
        String message = assertThrows(ModelException.class, () -> loader.load(BundledModel.folder(BundledModel.SPEC)))
            .getMessage();
        assertThat(message, containsString("[interest] there are no native libraries for this platform: no folder ["));
        assertEquals("linux-x86_64", NativeLibraries.platform("Linux", "amd64"));
        assertEquals("osx-aarch64", NativeLibraries.platform("Mac OS X", "aarch64"));
        assertEquals("windows-11-x86_64", NativeLibraries.platform("Windows 11", "amd64"));
    }

    @Test
    void nothingOfTheLoadIsLeftInTheJvm() {
        Properties before = (Properties) System.getProperties().clone();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        BundledModel.load().close();
        assertEquals(before, System.getProperties());
        assertEquals(loader, Thread.currentThread().getContextClassLoader());
    }

    @Test
    void prefixesAndPoolingAreTheModelsOwn() {
        ModelSpec prefixed = new ModelSpec(
            "m", 384, Pooling.CLS, false, 64, "query: ", "passage: ", Optional.empty(), false
        );
        try (Encoder encoder = BundledModel.loader().load(BundledModel.folder(prefixed));
            Encoder plain = BundledModel.loader().load(BundledModel.folder(spec(384, Pooling.CLS, null)))) {
            float[] query = encoder.encode("shoes", TextType.QUERY).vector();
            assertEquals(1, Vectors.cosine(query, plain.encode("query: shoes", TextType.PASSAGE).vector()), 1e-6);
            assertTrue(Vectors.cosine(query, encoder.encode("shoes", TextType.PASSAGE).vector()) < 0.999);
            assertTrue(Math.abs(Vectors.norm(query) - 1) > 1e-3, "not brought to unit length");
        }
    }
}
