package org.opensearch.interest.engine.onnx;

import org.opensearch.interest.core.embedding.ModelSpec;

import java.util.ArrayList;
import java.util.List;

/**
 * Limit on the memory outside the heap that all models together may take. The need of a model is estimated before it is
 * loaded, because running out of native memory ends the process. Thread-safe.
 */
final class MemoryBudget {
    private static final String SETTING = "[plugins.interest.inference.model_memory_limit]";
    /**
     * Floats per token and dimension that one layer works on at once: queries, keys, values, the inner layer (four
     * times as wide), and copies.
     */
    private static final int FLOATS_PER_DIMENSION = 16;
    /**
     * Dimensions of an attention head in nearly all encoders. Each head compares every token with every other and holds
     * that matrix twice.
     */
    private static final int HEAD_DIMENSION = 64;

    private final long limit;
    private final List<Reservation> reservations = new ArrayList<>();

    MemoryBudget(long limitBytes) {
        limit = limitBytes;
    }

    /** Memory reserved for one model. {@code close} gives it back; a second call does nothing. */
    final class Reservation implements AutoCloseable {
        private final String modelId;
        private final long bytes;

        private Reservation(String modelId, long bytes) {
            this.modelId = modelId;
            this.bytes = bytes;
        }

        @Override
        public void close() {
            synchronized (MemoryBudget.this) {
                reservations.remove(this);
            }
        }
    }

    /**
     * Reserves the memory that a model is expected to need. A reservation of a model with the same id is not counted,
     * because the new model replaces that one.
     *
     * @param runs the number of concurrent runs
     * @throws IllegalArgumentException if the limit would be exceeded; the message has all numbers
     */
    synchronized Reservation reserve(ModelSpec spec, ModelFiles files, int runs) {
        long weights = weights(files);
        long working = TensorSizes.times(runs, working(spec));
        long others = reservations.stream()
            .filter(reservation -> reservation.modelId.equals(spec.modelId()) == false)
            .mapToLong(reservation -> reservation.bytes)
            .sum();
        // Each term is compared with what the earlier ones leave of the limit, so that no sum can overflow.
        if (weights > limit || working > limit - weights || others > limit - weights - working) {
            throw new IllegalArgumentException(
                "it needs about [" + mib(weights) + "] of memory outside the heap for its weights and [" + mib(working)
                    + "] for [" + runs + "] runs at once of [" + spec.maxTokens() + "] tokens, other models take ["
                    + mib(others) + "], and " + SETTING + " allows [" + mib(limit) + "] for all of them"
            );
        }
        Reservation reservation = new Reservation(spec.modelId(), weights + working);
        reservations.add(reservation);
        return reservation;
    }

    /** Half as much again, because the runtime holds rearranged copies of weights. */
    private static long weights(ModelFiles files) {
        long bytes = Math.max(files.bytes(), files.tensorBytes());
        return bytes > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : bytes + bytes / 2;
    }

    /** Estimated bytes of the working memory of one run of the longest text. */
    static long working(ModelSpec spec) {
        long tokens = spec.maxTokens();
        long heads = ((long) spec.dimension() + HEAD_DIMENSION - 1) / HEAD_DIMENSION;
        return Float.BYTES * tokens * (FLOATS_PER_DIMENSION * (long) spec.dimension() + 2 * heads * tokens);
    }

    /** Rounded up, so that a small amount is not shown as 0. */
    private static String mib(long bytes) {
        return bytes == Long.MAX_VALUE ? "more than can be counted" : ((bytes + (1 << 20) - 1) >> 20) + " MiB";
    }
}
