package org.opensearch.interest.onnx;

import ai.onnxruntime.OrtException;
import org.opensearch.interest.embedding.Embedding;
import org.opensearch.interest.embedding.Encoder;
import org.opensearch.interest.embedding.ModelException;
import org.opensearch.interest.embedding.ModelException.Kind;
import org.opensearch.interest.embedding.ModelSpec;
import org.opensearch.interest.embedding.TextRules;
import org.opensearch.interest.embedding.TextType;
import org.opensearch.interest.embedding.Windows;
import org.opensearch.interest.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Tokenizer and network together, and the one owner of both. Thread-safe. */
final class OnnxEncoder implements Encoder {
    /** Far longer than any text takes. Memory freed under a running call would take the node down, so rather leak it. */
    private static final long CLOSE_SECONDS = 30;

    /** A token stands for some four characters on average; who writes longer words, or blanks, gets this far. */
    private static final int CHARACTERS_A_TOKEN = 32;

    private final ModelSpec spec;
    private final TextTokenizer tokenizer;
    private final ModelSession session;
    /** Calls read, closing writes: nothing is freed under a call. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    OnnxEncoder(ModelSpec spec, TextTokenizer tokenizer, ModelSession session) {
        this.spec = spec;
        this.tokenizer = tokenizer;
        this.session = session;
    }

    @Override
    public Embedding encode(String text, TextType type) {
        // what no model reads need not be tokenized: that alone takes seconds for a million characters
        String read = TextRules.cut(text, CHARACTERS_A_TOKEN * spec.maxTokens());
        return run(() -> {
            Tokens tokens = tokenizer.tokenize(spec.prefix(type) + read);
            return embedding(read.length() < text.length() ? tokens.cut() : tokens);
        });
    }

    @Override
    public Embedding encodeWhole(String text, TextType type) {
        return run(() -> {
            List<Embedding> windows = new ArrayList<>();
            for (Tokens window : tokenizer.windows(spec.prefix(type) + text)) {
                windows.add(embedding(window));
            }
            return Windows.mean(windows, spec.normalize());
        });
    }

    private Embedding embedding(Tokens tokens) throws OrtException {
        float[] vector = session.run(tokens);
        // a vector that is not finite would spread through everything that it is added to
        Vectors.requireFinite("vector", vector);
        return new Embedding(spec.normalize() ? Vectors.unit(vector) : vector, tokens.ids().length, tokens.truncated(), tokens.unknown());
    }

    private Embedding run(Callable<Embedding> call) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new ModelException(Kind.UNAVAILABLE, "[interest] model [" + spec.modelId() + "] is closed: the node is stopping");
            }
            return call.call();
        } catch (ModelException e) {
            throw e;
        } catch (Throwable t) {
            throw new ModelException(Kind.BROKEN, "[interest] model [" + spec.modelId() + "] failed on a text: " + t.getMessage(), t);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        try {
            if (lock.writeLock().tryLock(CLOSE_SECONDS, TimeUnit.SECONDS) == false) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (closed == false) {
                closed = true;
                free();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void free() {
        try (tokenizer) {
            session.close();
        } catch (Exception e) {
            throw new ModelException(Kind.BROKEN, "[interest] model [" + spec.modelId() + "] did not close: " + e.getMessage(), e);
        }
    }
}
