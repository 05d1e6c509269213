package org.opensearch.interest.engine.onnx;

import org.opensearch.interest.core.embedding.ModelSpec;

import java.util.ArrayList;
import java.util.List;

/**
 * What models may take of the memory outside the heap, all together, and what they have taken. All of it is estimated
 * before a model is loaded: a machine that has run out of memory ends the process, and asks nobody. Thread-safe.
 */
final class MemoryBudget {
    private static final String SETTING = "[plugins.interest.inference.model_memory_limit]";
    /**
     * Numbers a token and dimension that a layer works on at once: queries, keys, values, the four times wider inner
     * layer, copies.
     */
    private static final int WIDTHS = 16;
    /**
     * Dimensions of an attention head, in nearly all encoders; each compares every token with every other, and keeps
     * that twice.
     */
    private static final int HEAD = 64;

    private final long most;
    private final List<Share> taken = new ArrayList<>();

    MemoryBudget(long mostBytes) {
        most = mostBytes;
    }

    /** What one model has taken; closing gives it back, and closing again does nothing. */
    final class Share implements AutoCloseable {
        private final String modelId;
        private final long bytes;

        private Share(String modelId, long bytes) {
            this.modelId = modelId;
            this.bytes = bytes;
        }

        @Override
        public void close() {
            synchronized (MemoryBudget.this) {
                taken.remove(this);
            }
        }
    }

    /**
     * Takes what the model is expected to need. What a model of the same name has taken does not count: it is being
     * replaced.
     *
     * @param runs that go on at once
     * @throws IllegalArgumentException, with all numbers, where that is too much
     */
    synchronized Share take(ModelSpec spec, ModelFiles files, int runs) {
        long weights = weights(files);
        long working = TensorSizes.times(runs, working(spec));
        long others = taken.stream()
            .filter(share -> share.modelId.equals(spec.modelId()) == false)
            .mapToLong(share -> share.bytes)
            .sum();
        // one after the other, so that nothing overflows
        if (weights > most || working > most - weights || others > most - weights - working) {
            throw new IllegalArgumentException(
                "it needs about [" + mib(weights) + "] of memory outside the heap for its weights and [" + mib(working)
                    + "] for [" + runs + "] runs at once of [" + spec.maxTokens() + "] tokens, other models take ["
                    + mib(others) + "], and " + SETTING + " allows [" + mib(most) + "] for all of them"
            );
        }
        Share share = new Share(spec.modelId(), weights + working);
        taken.add(share);
        return share;
    }

    /** Half as much again, for what weights are rearranged into. */
    private static long weights(ModelFiles files) {
        long bytes = Math.max(files.bytes(), files.tensorBytes());
        return bytes > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : bytes + bytes / 2;
    }

    /** Bytes of what one run of the longest text works on. */
    static long working(ModelSpec spec) {
        long tokens = spec.maxTokens();
        long heads = ((long) spec.dimension() + HEAD - 1) / HEAD;
        return Float.BYTES * tokens * (WIDTHS * (long) spec.dimension() + 2 * heads * tokens);
    }

    /** Rounded up: little is not nothing. */
    private static String mib(long bytes) {
        return bytes == Long.MAX_VALUE ? "more than can be counted" : ((bytes + (1 << 20) - 1) >> 20) + " MiB";
    }
}
