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
 * What a model's files do not say shows in its first runs: whether tokenizer and network were made for each other,
 * whether the network reads as far as its description says, and whether a text's vector depends on its company. They
 * also take what first runs cost away from the first user.
 */
final class ModelSelfTest implements AutoCloseable {
    /** Longer runs cost memory by the square of their length; networks that read further are believed. */
    private static final int LONGEST = 1_024;
    /** Rounding, and no more: a dynamically quantized network stays below 0.995. */
    private static final double SAME = 0.99999;
    private static final List<String> COMPANY = List.of(
        "shoes", "a", "1984", "running shoes for wet trails", "coffee mug", "What is the capital of France?",
        "Hand-thrown stoneware mug, holds 350 ml, glazed in a speckled blue", "!!"
    );

    private final ModelFolder folder;
    private final TextTokenizer tokenizer;
    private final ModelSession session;

    /** Ends the run under way when its time is over. */
    private final OrtSession.RunOptions options;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean late;
    private final Duration time;

    /** @param time after which the trial fails: a network may hold a loop that does not end */
    ModelSelfTest(ModelFolder folder, TextTokenizer tokenizer, ModelSession session, Duration time)
        throws OrtException {
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.session = session;
        this.time = time;
        options = new OrtSession.RunOptions();
        Thread.ofPlatform().daemon().name("interest-model-trial").start(this::endInTime);
    }

    private void endInTime() {
        try {
            if (over.await(time.toNanos(), TimeUnit.NANOSECONDS) == false) {
                end();
            }
        } catch (InterruptedException | OrtException e) {
            // then nobody ends it
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() throws OrtException {
        if (over.getCount() > 0) {
            late = true;
            options.setTerminate(true);
        }
    }

    private List<float[]> embed(List<Tokens> texts) throws OrtException {
        try {
            return session.run(texts, options);
        } catch (OrtException e) {
            if (late) {
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
        over.countDown();
        options.close();
    }

    /**
     * How this model's texts may share runs.
     *
     * @throws IllegalArgumentException, with a reason for people, where the parts do not fit together
     * @throws IllegalStateException     where the time is over
     */
    Batches run() throws IOException, OrtException {
        List<float[]> alone = new ArrayList<>();
        List<Tokens> texts = COMPANY.stream().map(tokenizer::tokenize).toList();
        for (Tokens text : texts) {
            alone.add(Vectors.requireFinite("vector", embed(List.of(text)).get(0)));
        }
        if (session.onCard() == false) {
            // a card reads beside the table instead of failing
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
            embed(List.of(text.with(largest)));
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
        int length = Math.min(LONGEST, folder.spec().maxTokens());
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
        List<float[]> together;
        try {
            together = embed(Stream.concat(texts.stream(), Stream.of(texts.get(0))).toList());
        } catch (OrtException | IllegalArgumentException e) {
            // a network that was exported for one text at a time
            return Batches.ALONE;
        }
        for (int i = 0; i < alone.size(); i++) {
            if (isSame(alone.get(i), together.get(i)) == false) {
                return Batches.ALONE;
            }
        }
        return session.onCard() ? Batches.ON_CARD : Batches.ON_PROCESSOR;
    }

    private static boolean isSame(float[] a, float[] b) {
        return Arrays.equals(a, b) || (Vectors.norm(a) > 0 && Vectors.norm(b) > 0 && Vectors.cosine(a, b) >= SAME);
    }
}
