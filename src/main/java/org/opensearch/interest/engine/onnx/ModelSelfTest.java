package org.opensearch.interest.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.onnx.TextTokenizer.Tokens;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * First runs of a model, which check what its files alone do not show: whether tokenizer and network belong together,
 * whether the network reads texts as long as its description says, and whether a text's vector depends on the other
 * texts of a run. They also warm the model up, so that the first user does not pay for it.
 */
final class ModelSelfTest implements AutoCloseable {
    /**
     * The longest text tried, in tokens. Memory grows with the square of the length; a description that promises more
     * tokens is trusted.
     */
    private static final int MAX_LENGTH = 1_024;
    /**
     * Smallest cosine of two vectors of one text that differ by rounding alone. A dynamically quantized network stays
     * below 0.995.
     */
    private static final double MIN_COSINE = 0.99999;
    private static final List<String> TEXTS = List.of(
        "shoes", "a", "1984", "running shoes for wet trails", "coffee mug", "What is the capital of France?",
        "Hand-thrown stoneware mug, holds 350 ml, glazed in a speckled blue", "!!"
    );

    private final ModelFolder folder;
    private final TextTokenizer tokenizer;
    private final ModelSession session;

    /** Ends the current run when the time limit is over. */
    private final OrtSession.RunOptions options;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean timedOut;
    private final Duration time;

    /** @param time the time limit of the whole test: a network may hold a loop that does not end */
    ModelSelfTest(ModelFolder folder, TextTokenizer tokenizer, ModelSession session, Duration time)
        throws OrtException {
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.session = session;
        this.time = time;
        options = new OrtSession.RunOptions();
        Thread.ofPlatform().daemon().name("interest-model-self-test").start(this::endAtTimeLimit);
    }

    private void endAtTimeLimit() {
        try {
            if (finished.await(time.toNanos(), TimeUnit.NANOSECONDS) == false) {
                end();
            }
        } catch (InterruptedException | OrtException e) {
            // Without this thread, no run is ended.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() throws OrtException {
        if (finished.getCount() > 0) {
            timedOut = true;
            options.setTerminate(true);
        }
    }

    private List<float[]> embed(List<Tokens> texts) throws OrtException {
        try {
            return session.run(texts, options);
        } catch (OrtException e) {
            if (timedOut) {
                throw new IllegalStateException(
                    "it was not tried out within [" + time.toSeconds()
                        + "] seconds: a loop in it does not end, or it is far too slow",
                    e
                );
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        finished.countDown();
        options.close();
    }

    /**
     * Runs the test and returns the limits of the model's batched runs.
     *
     * @throws IllegalArgumentException if tokenizer, network and description do not fit together; the message is meant
     *                                  for people
     * @throws IllegalStateException    if the time limit is over
     */
    Batches run() throws IOException, OrtException {
        List<float[]> alone = new ArrayList<>();
        List<Tokens> texts = TEXTS.stream().map(tokenizer::tokenize).toList();
        for (Tokens text : texts) {
            alone.add(Vectors.requireFinite("vector", embed(List.of(text)).get(0)));
        }
        if (session.onGpu() == false) {
            // A GPU does not fail on an id outside the embedding table; it reads other memory.
            requireOwnTokenizer(texts.get(0));
        }
        requireLength();
        return batches(texts, alone);
    }

    private void requireOwnTokenizer(Tokens text) throws IOException {
        long largest = Vocabulary.largestId(folder.tokenizer());
        if (largest < 0) {
            return;
        }
        try {
            embed(List.of(text.withMiddle(largest)));
        } catch (OrtException e) {
            throw new IllegalArgumentException(
                "[" + folder.tokenizer().getFileName() + "] knows tokens up to number [" + largest + "], and ["
                    + folder.model().getFileName() + "] fails on that one: they do not belong together ("
                    + e.getMessage() + ")",
                e
            );
        }
    }

    private void requireLength() throws OrtException {
        int length = Math.min(MAX_LENGTH, folder.spec().maxTokens());
        Tokens longest = tokenizer.tokenize("shoes ".repeat(length));
        try {
            embed(List.of(longest));
        } catch (OrtException e) {
            throw new IllegalArgumentException(
                "[max_tokens] of the description is [" + folder.spec().maxTokens()
                    + "], but the network fails on a text of [" + longest.length() + "] tokens (" + e.getMessage()
                    + ")",
                e
            );
        }
    }

    private Batches batches(List<Tokens> texts, List<float[]> alone) {
        List<float[]> batched;
        try {
            batched = embed(Stream.concat(texts.stream(), Stream.of(texts.get(0))).toList());
        } catch (OrtException | IllegalArgumentException e) {
            // The network was exported for one text at a time.
            return Batches.SINGLE;
        }
        for (int i = 0; i < alone.size(); i++) {
            if (isSame(alone.get(i), batched.get(i)) == false) {
                return Batches.SINGLE;
            }
        }
        return session.onGpu() ? Batches.ON_GPU : Batches.ON_CPU;
    }

    private static boolean isSame(float[] a, float[] b) {
        return Arrays.equals(a, b)
            || (Vectors.norm(a) > 0 && Vectors.norm(b) > 0 && Vectors.cosine(a, b) >= MIN_COSINE);
    }
}
