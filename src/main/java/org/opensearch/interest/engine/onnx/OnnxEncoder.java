package org.opensearch.interest.engine.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.embedding.TextWindows;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.onnx.TextTokenizer.Tokens;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Encoder that owns one tokenizer and one network. Thread-safe. */
final class OnnxEncoder implements Encoder {
    /** A token is about four characters on average. This factor leaves room for long words and runs of blanks. */
    private static final int MAX_CHARACTERS_PER_TOKEN = 32;

    private final ModelSpec spec;
    private final String version;
    private final TextTokenizer tokenizer;
    private final ModelSession session;
    private final Batches batches;
    private final MemoryBudget.Reservation memory;
    /** One for the owner until it closes the encoder, and one for each caller that has retained it. */
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    OnnxEncoder(
        ModelSpec spec, String version, TextTokenizer tokenizer, ModelSession session, Batches batches,
        MemoryBudget.Reservation memory
    ) {
        this.spec = spec;
        this.version = version;
        this.tokenizer = tokenizer;
        this.session = session;
        this.batches = batches;
        this.memory = memory;
    }

    @Override
    public Embedding encode(String text, TextType type) {
        return run(() -> embeddings(List.of(tokens(text, type)))).get(0);
    }

    @Override
    public Embedding encodeWhole(String text, TextType type) {
        return run(() -> {
            List<Embedding> windows = new ArrayList<>();
            for (Tokens window : tokenizer.windows(spec.prefix(type) + text)) {
                windows.addAll(embeddings(List.of(window)));
            }
            return TextWindows.mean(windows, spec.normalize());
        });
    }

    @Override
    public List<Embedding> encodeAll(List<String> texts, TextType type) {
        return run(() -> {
            List<Tokens> tokens = new ArrayList<>(texts.size());
            texts.forEach(text -> tokens.add(tokens(text, type)));
            Embedding[] embeddings = new Embedding[tokens.size()];
            for (List<Integer> run : batches.of(tokens.stream().map(Tokens::length).toList())) {
                List<Embedding> batch = embeddings(run.stream().map(tokens::get).toList());
                for (int i = 0; i < run.size(); i++) {
                    embeddings[run.get(i)] = batch.get(i);
                }
            }
            return List.of(embeddings);
        });
    }

    @Override
    public int batch() {
        return batches.texts();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String device() {
        return session.device();
    }

    private Tokens tokens(String text, TextType type) {
        // The part of a text that no model reads is not tokenized: that alone takes seconds for a million characters.
        String read = TextRules.cut(text, MAX_CHARACTERS_PER_TOKEN * spec.maxTokens());
        Tokens tokens = tokenizer.tokenize(spec.prefix(type) + read);
        return read.length() < text.length() ? tokens.asTruncated() : tokens;
    }

    private List<Embedding> embeddings(List<Tokens> texts) throws OrtException {
        List<float[]> vectors = session.run(texts);
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        for (int i = 0; i < vectors.size(); i++) {
            // A vector that is not finite would spread through everything that it is added to.
            float[] vector = Vectors.requireFinite("vector", vectors.get(i));
            Tokens tokens = texts.get(i);
            embeddings.add(
                new Embedding(
                    spec.normalize() ? Vectors.unit(vector) : vector, tokens.length(), tokens.truncated(),
                    tokens.unknown()
                )
            );
        }
        return embeddings;
    }

    private <T> T run(Callable<T> call) {
        if (retain() == false) {
            throw new ModelException(
                Kind.UNAVAILABLE,
                "[interest] model [" + spec.modelId() + "] is closed: the node is stopping, or the model was reloaded"
            );
        }
        try {
            return call.call();
        } catch (ModelException e) {
            throw e;
        } catch (Throwable t) {
            String reason = t.getMessage() == null ? t.toString() : t.getMessage();
            throw isFatal(t)
                ? new ModelException(
                    Kind.FATAL,
                    "[interest] model [" + spec.modelId() + "] failed and is switched off until it is reloaded: "
                        + reason,
                    t
                )
                : new ModelException(
                    Kind.BROKEN, "[interest] model [" + spec.modelId() + "] failed on a text: " + reason, t
                );
        } finally {
            release();
        }
    }

    /**
     * True if the cause is an error of the machine or of native code and not the text. Running out of memory counts as
     * fatal.
     */
    private static boolean isFatal(Throwable t) {
        return t instanceof Error || (t instanceof OrtException e && e.getCode() != OrtErrorCode.ORT_INVALID_ARGUMENT);
    }

    @Override
    public boolean retain() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    @Override
    public void release() {
        if (holders.decrementAndGet() == 0) {
            free();
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true) == false) {
            release();
        }
    }

    private void free() {
        try (memory; tokenizer) {
            session.close();
        } catch (Exception e) {
            throw new ModelException(
                Kind.BROKEN, "[interest] model [" + spec.modelId() + "] did not close: " + e.getMessage(), e
            );
        }
    }
}
