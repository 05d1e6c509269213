package org.opensearch.interest.api.evaluation;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.core.rest.RestStatus;

/**
 * Reservation of an evaluation's memory in the circuit breaker for requests, made before the memory is used. Not
 * thread-safe; closing releases all of it.
 */
final class MemoryReservation implements AutoCloseable {
    private final CircuitBreaker breaker;
    private long bytes;

    MemoryReservation(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /**
     * @param what  purpose of the memory, for the error message: "[3000] items of [384] dimensions"
     * @param lower parameter that reduces it: "[max_items]"
     */
    void take(long more, String what, String lower) {
        try {
            breaker.addEstimateBytesAndMaybeBreak(more, "interest evaluation");
        } catch (CircuitBreakingException e) {
            throw new OpenSearchStatusException(
                "[interest] an evaluation of {} takes about [{}] of memory beside [{}] for what was read before, "
                    + "more than the node has to spare of [{}]: lower {}, or try again when the node has less to do",
                RestStatus.TOO_MANY_REQUESTS, e, what, new ByteSizeValue(more), new ByteSizeValue(bytes),
                new ByteSizeValue(breaker.getLimit()), lower
            );
        }
        bytes += more;
    }

    @Override
    public void close() {
        breaker.addWithoutBreaking(-bytes);
        bytes = 0;
    }
}
