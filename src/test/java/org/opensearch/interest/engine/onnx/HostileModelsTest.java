package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.interest.core.embedding.Device;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.embedding.TextType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.hamcrest.CoreMatchers.containsString;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/**
 * Model folders that would end the node's process if their content were trusted. Each is refused with its reason, in
 * bounded time and memory.
 */
class HostileModelsTest {
    private static final long PETA = 1L << 50;

    @TempDir
    Path temporary;

    /** A loader that gives a model enough time even on a busy machine. */
    private static OnnxLoader loader(long mostBytes) {
        return loader(mostBytes, Duration.ofMinutes(2));
    }

    private static OnnxLoader loader(long mostBytes, Duration trialTime) {
        return new OnnxLoader(BundledModel.pluginFolder().resolve("native"), Device.CPU, mostBytes, 4, trialTime);
    }

    private ModelFolder write(TinyModel model) throws IOException {
        return model.write(temporary, "tiny");
    }

    private static String refused(OnnxLoader loader, ModelFolder folder) {
        ModelException e = assertThrows(ModelException.class, () -> loader.load(folder).close());
        assertEquals(ModelException.Kind.BROKEN, e.kind());
        return e.getMessage();
    }

    private static void grow(Path file, long bytes) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFewBytesThatNamePetabytesAreRefusedUnloaded() throws Exception {
        String tooMuch = "it needs about [1610612737 MiB] of memory outside the heap for its weights";
        assertThat(
            "a tensor",
            refused(loader(1L << 40), write(TinyModel.roberta().tensor(OnnxWriter.hollow("hollow", PETA / 4)))),
            containsString(tooMuch)
        );
        OnnxWriter shape = OnnxWriter.whole("shape", 1 << 20, 1 << 14, 1 << 14);
        OnnxWriter filled = OnnxWriter.node("ConstantOfShape", new String[]{ "shape" }, new String[]{ "filled" });
        assertThat(
            "a constant of a shape that is a tensor",
            refused(loader(1L << 40), write(TinyModel.roberta().tensor(shape).node(filled))), containsString(tooMuch)
        );
        OnnxWriter constant = OnnxWriter.node(
            "Constant", new String[0], new String[]{ "times" },
            OnnxWriter.attributeTensor("value", OnnxWriter.whole("", 1 << 24))
        );
        assertThat(
            "repetitions of repetitions",
            refused(
                loader(1L << 40),
                write(
                    TinyModel.roberta()
                        .node(constant)
                        .tensor(OnnxWriter.weights("four", OnnxWriter.FLOAT, new float[4], 4))
                        .node(OnnxWriter.node("Tile", new String[]{ "four", "times" }, new String[]{ "more" }))
                        .node(OnnxWriter.node("Tile", new String[]{ "more", "times" }, new String[]{ "most" }))
                )
            ), containsString("it needs about [6442451329 MiB]")
        );
        assertThat(
            "more than a number holds",
            refused(
                loader(Long.MAX_VALUE - 1),
                write(TinyModel.roberta().tensor(OnnxWriter.hollow("hollow", PETA, PETA, PETA)))
            ), containsString("it needs about [more than can be counted]")
        );
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void filesLargerThanTheLimitAreRefusedUnread() throws Exception {
        ModelFolder beside = write(TinyModel.withWeightsIn("model.onnx_data"));
        // All tensors together have a few hundred bytes, so it is the size of the file that counts.
        grow(beside.model().resolveSibling("model.onnx_data"), 1L << 40);
        assertThat(
            refused(loader(1L << 30), beside),
            containsString("it needs about [1572865 MiB] of memory outside the heap for its weights")
        );
        grow(beside.model().resolveSibling("model.onnx_data"), 2L << 30);
        assertThat(
            refused(loader(1L << 30), beside),
            containsString("and [plugins.interest.inference.model_memory_limit] allows [1024 MiB] for all of them")
        );

        ModelFolder large = write(TinyModel.roberta());
        grow(large.model(), 3L << 30);
        assertThat(
            refused(loader(1L << 30), large),
            containsString("it holds [3221225472] bytes, and no ONNX file holds more than 2 GiB")
        );
        ModelFolder tokenizer = write(TinyModel.roberta());
        grow(tokenizer.tokenizer(), 1L << 40);
        assertThat(
            refused(loader(1L << 30), tokenizer),
            containsString("its tokenizer [tokenizer.json] holds [1099511627776] bytes, and [134217728] are allowed")
        );
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNetworkThatNeverEndsIsGivenUp() throws Exception {
        assertThat(
            refused(loader(1L << 30, Duration.ofSeconds(2)), write(TinyModel.roberta().endless())),
            containsString(
                "model [tiny] cannot be used: it was not tried out within [2] seconds: a loop in it does not end, or it is far too slow"
            )
        );
        try (Encoder next = loader(1L << 30).load(write(TinyModel.roberta()))) {
            assertEquals(TinyModel.DIMENSION, next.encode("mug", TextType.PASSAGE).vector().length);
        }
    }

    @Test
    void modelsShareOneBudgetAndGiveItBackWhenTheyAreFreed() throws Exception {
        Path folder = temporary;
        ModelFolder a = TinyModel.roberta(1).write(folder, "a");
        ModelFolder b = TinyModel.roberta(2).write(folder, "b");
        long one = MemoryBudget.working(a.spec()) * 4 + Files.size(a.model()) * 2 + Files.size(a.tokenizer()) * 2;
        OnnxLoader loader = loader(one);
        Encoder first = loader.load(a);
        assertThat(
            refused(loader, b),
            containsString(
                "other models take [1 MiB], and [plugins.interest.inference.model_memory_limit] allows [1 MiB] for all of them"
            )
        );
        assertThat("what failed took nothing", refused(loader, b), containsString("other models take [1 MiB]"));
        Encoder reloaded = loader.load(a);
        first.close();
        refused(loader, b);
        assertEquals(true, reloaded.retain());
        reloaded.close();
        refused(loader, b);
        reloaded.release();
        try (Encoder second = loader.load(b)) {
            assertEquals(TinyModel.DIMENSION, second.encode("mug", TextType.PASSAGE).vector().length);
        }
    }

    @Test
    void longTextsCostMemoryByTheSquare() throws Exception {
        ModelFolder wide = write(TinyModel.roberta().maxTokens(131_072));
        assertThat(
            refused(loader(64L << 30), wide),
            containsString("[4] runs at once of [131072] tokens, other models take [0 MiB]")
        );
    }
}
