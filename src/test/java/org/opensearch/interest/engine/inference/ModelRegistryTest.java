package org.opensearch.interest.engine.inference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.EncoderLoader;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;
import org.opensearch.interest.core.embedding.TextType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ModelRegistryTest {
    @TempDir
    Path temporary;

    private final List<String> closed = new ArrayList<>();
    private Path bundled;
    private Path configured;

    @BeforeEach
    void folders() throws Exception {
        bundled = Files.createDirectory(temporary.resolve("bundled"));
        configured = Files.createDirectory(temporary.resolve("configured"));
    }

    private static String json(String modelId) {
        return "{\"model_id\":\"" + modelId + "\",\"dimension\":4,\"pooling\":\"mean\",\"max_tokens\":16}";
    }

    private static void model(Path parent, String name, String json) throws Exception {
        Path folder = Files.createDirectory(parent.resolve(name));
        if (json != null) {
            Files.writeString(folder.resolve("model.json"), json);
        }
    }

    /** A loader of all models except the one called "heavy". */
    private EncoderLoader loader() {
        return folder -> {
            String id = folder.spec().modelId();
            if (id.equals("heavy")) {
                throw new UnsatisfiedLinkError("no such symbol");
            }
            return new Encoder() {
                @Override
                public Embedding encode(String text, TextType type) {
                    return new Embedding(new float[]{ 1, 0, 0, 0 }, 1, false, 0);
                }

                @Override
                public Embedding encodeWhole(String text, TextType type) {
                    return encode(text, type);
                }

                @Override
                public void close() {
                    closed.add(id);
                }
            };
        };
    }

    private String error(ModelRegistry registry, String modelId) {
        ModelInfo info = registry.info(modelId);
        assertFalse(info.loaded());
        assertEquals(Kind.BROKEN, registry.problem(modelId).kind());
        assertEquals(registry.problem(modelId).getMessage(), info.error().orElseThrow());
        assertSame(registry.problem(modelId), registry.encoder(modelId).exceptionNow());
        return info.error().get();
    }

    @Test
    void aBrokenFolderIsListedWithItsReasonAndHarmsNoOther() throws Exception {
        model(bundled, "good", json("good"));
        model(bundled, "heavy", json("heavy"));
        model(configured, "absent", null);
        model(configured, "corrupt", "{\"model_id\":");
        model(configured, "array", "[1]");
        model(configured, "extra", json("extra").replace("}", ",\"poolig\":1}"));
        model(configured, "huge", json("huge") + " ".repeat(1 << 20));
        model(configured, "typed", json("typed").replace("\"mean\"", "[1]"));
        model(configured, "words", json("words").replace("16", "\"many\""));
        model(configured, "flat", json("flat").replace("4", "0"));
        model(configured, "moved", json("elsewhere"));
        model(configured, "outside", json("outside").replace("}", ",\"files\":{\"model\":\"../../etc/passwd\"}}"));
        model(configured, ".hidden", "{}");
        Files.writeString(configured.resolve("README.txt"), "no model");
        ModelRegistry registry = new ModelRegistry(bundled, configured, loader());
        registry.load(Runnable::run);

        assertTrue(registry.info("good").loaded());
        assertNull(registry.problem("good"));
        assertEquals(
            "[interest] model [heavy] cannot be used: java.lang.UnsatisfiedLinkError: no such symbol",
            error(registry, "heavy")
        );
        assertEquals(
            "[interest] the file [" + configured.resolve("absent/model.json") + "] is missing",
            error(registry, "absent")
        );
        assertThat(error(registry, "corrupt"), containsString("corrupt/model.json] cannot be read: "));
        assertThat(
            error(registry, "array"), containsString("array/model.json] cannot be read: it must be a JSON object")
        );
        assertThat(
            error(registry, "extra"),
            containsString("[interest] unknown key [poolig] in model.json: allowed are [dimension, files, ")
        );
        assertThat(
            error(registry, "huge"),
            containsString("huge/model.json] cannot be read: it holds [1048642] bytes, and [1048576] are allowed")
        );
        assertThat(
            error(registry, "typed"),
            containsString("[interest] [pooling] of model.json must be a string, but was [[1]]")
        );
        assertThat(
            error(registry, "words"),
            containsString("[interest] [max_tokens] of model.json must be a whole number in [3,131072], but was [many]")
        );
        assertEquals(
            "[interest] [dimension] of model.json must be a whole number in [1,16384], but was [0]",
            error(registry, "flat")
        );
        assertEquals(
            "[interest] [model_id] of model.json must be the name of its folder, [moved], but was [elsewhere]",
            error(registry, "moved")
        );
        assertEquals(
            "[interest] [files.model] of model.json must be the name of a file in the model's folder, but was [../../etc/passwd]",
            error(registry, "outside")
        );
        assertEquals(
            Set.of(
                "good", "heavy", "absent", "corrupt", "array", "extra", "flat", "huge", "moved", "outside", "typed",
                "words"
            ), registry.ids()
        );
        registry.close();
    }

    @Test
    void aNameTakenByABundledModelIsListedAsAnErrorAndTheBundledOneAnswers() throws Exception {
        model(bundled, "twice", json("twice"));
        model(configured, "twice", json("twice"));
        ModelRegistry registry = new ModelRegistry(bundled, configured, loader());
        registry.load(Runnable::run);
        assertEquals(2, registry.infos().size());
        assertTrue(registry.infos().get(0).loaded());
        assertEquals(
            "[interest] model [twice] cannot be used from [" + configured.resolve("twice")
                + "]: a model of that name comes with the plugin",
            registry.infos().get(1).error().orElseThrow()
        );
        assertTrue(registry.info("twice").loaded());
        registry.close();
    }

    @Test
    void anUnknownModelIsNamedWithThoseThatThereAre() throws Exception {
        model(bundled, "good", json("good"));
        ModelRegistry registry = new ModelRegistry(bundled, temporary.resolve("none"), loader());
        ModelException unknown = assertThrows(ModelException.class, () -> registry.info("bad"));
        assertEquals(Kind.UNKNOWN, unknown.kind());
        assertEquals("[interest] there is no model [bad]; there are [good]", unknown.getMessage());
        assertEquals(Kind.UNKNOWN, registry.problem("bad").kind());
        assertTrue(registry.encoder("bad").isCompletedExceptionally());
    }

    @Test
    void whoComesWhileItLoadsWaits() throws Exception {
        model(bundled, "good", json("good"));
        List<Runnable> background = new ArrayList<>();
        ModelRegistry registry = new ModelRegistry(bundled, configured, loader());
        registry.load(background::add);
        CompletableFuture<Encoder> encoder = registry.encoder("good");
        assertFalse(encoder.isDone());
        assertFalse(registry.info("good").loaded());
        assertTrue(registry.info("good").error().isEmpty());
        background.get(0).run();
        assertEquals(4, encoder.join().encode("x", TextType.QUERY).vector().length);
    }

    @Test
    void everyModelIsClosedOnce() throws Exception {
        model(bundled, "a", json("a"));
        model(bundled, "b", json("b"));
        ModelRegistry registry = new ModelRegistry(bundled, configured, loader());
        registry.load(Runnable::run);
        registry.close();
        registry.close();
        assertEquals(List.of("a", "b"), closed);
    }

    @Test
    void whatLoadsWhileTheNodeStopsIsClosedAndWhoWaitsIsAnswered() throws Exception {
        model(bundled, "a", json("a"));
        ModelRegistry[] registry = new ModelRegistry[1];
        EncoderLoader slow = folder -> {
            registry[0].close();
            return loader().load(folder);
        };
        registry[0] = new ModelRegistry(bundled, configured, slow);
        CompletableFuture<Encoder> waiting = registry[0].encoder("a");
        registry[0].load(Runnable::run);
        assertEquals(List.of("a"), closed);
        assertEquals(Kind.UNAVAILABLE, ((ModelException) waiting.exceptionNow()).kind());
    }

    /** A loader that takes the content of "model.onnx" as the version; "bad" cannot be loaded. */
    private EncoderLoader versions() {
        return folder -> {
            String content;
            try {
                content = Files.readString(folder.model());
            } catch (IOException e) {
                throw new ModelException(Kind.BROKEN, "[interest] no file");
            }
            if (content.equals("bad")) {
                throw new ModelException(Kind.BROKEN, "[interest] bad");
            }
            return new Encoder() {
                @Override
                public Embedding encode(String text, TextType type) {
                    return new Embedding(new float[]{ 1, 0, 0, 0 }, 1, false, 0);
                }

                @Override
                public Embedding encodeWhole(String text, TextType type) {
                    return encode(text, type);
                }

                @Override
                public String version() {
                    return content;
                }

                @Override
                public void close() {
                    closed.add(content);
                }
            };
        };
    }

    private void write(String modelId, String content) throws Exception {
        Path folder = Files.createDirectories(configured.resolve(modelId));
        Files.writeString(folder.resolve("model.json"), json(modelId));
        Files.writeString(folder.resolve("model.onnx"), content);
    }

    @Test
    void reloadingTakesTheFolderAsItIsNow() throws Exception {
        write("m", "1");
        ModelRegistry registry = new ModelRegistry(bundled, configured, versions());
        registry.load(Runnable::run);
        assertEquals("1", registry.info("m").version().orElseThrow());

        write("m", "2");
        assertEquals("2", registry.reload("m").version().orElseThrow());
        assertEquals("2", registry.encoder("m").join().version());
        assertEquals(List.of("1"), closed);

        write("m", "bad");
        ModelException failed = assertThrows(ModelException.class, () -> registry.reload("m"));
        assertEquals("[interest] bad; the model as it was before goes on answering", failed.getMessage());
        assertEquals("2", registry.encoder("m").join().version());

        write("new", "n");
        assertEquals("n", registry.reload("new").version().orElseThrow());
        assertEquals(Set.of("m", "new"), registry.ids());
        for (String id : List.of("none", "../configured/m", "..", "")) {
            assertEquals(Kind.UNKNOWN, assertThrows(ModelException.class, () -> registry.reload(id)).kind(), id);
        }
        registry.close();
        assertEquals(List.of("1", "2", "n"), closed);
    }

    @Test
    void whoWaitsForAModelThatIsReloadedBeforeItIsLoadedGetsIt() throws Exception {
        write("m", "1");
        List<Runnable> background = new ArrayList<>();
        ModelRegistry registry = new ModelRegistry(bundled, configured, versions());
        registry.load(background::add);
        CompletableFuture<Encoder> waiting = registry.encoder("m");
        registry.reload("m");
        assertEquals("1", waiting.join().version());
        background.forEach(Runnable::run);
        registry.close();
        assertEquals(List.of("1"), closed, "loaded once and closed once");
    }

    @Test
    void aModelThatFailedIsOffUntilItIsReloaded() throws Exception {
        write("m", "1");
        ModelRegistry registry = new ModelRegistry(bundled, configured, versions());
        registry.load(Runnable::run);
        Encoder first = registry.encoder("m").join();
        ModelException reason = new ModelException(Kind.FATAL, "[interest] out of memory");
        registry.disable("m", first, reason);
        registry.disable("m", first, reason);
        assertEquals(List.of("1"), closed);
        assertFalse(registry.info("m").loaded());
        assertEquals("[interest] out of memory", registry.info("m").error().orElseThrow());
        assertSame(reason, registry.encoder("m").exceptionNow());
        assertTrue(
            registry.spec("m").isPresent(), "what it is called and how long its vectors are is known all the same"
        );

        registry.reload("m");
        registry.disable("m", first, reason);
        assertTrue(registry.info("m").loaded(), "an old failure says nothing about the new one");
    }
}
