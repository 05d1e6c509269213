package org.opensearch.interest.core.evaluation.learning;

/** Receives the progress of each step and decides whether to stop. Called by several threads. */
@FunctionalInterface
public interface EvaluationListener {
    void step(String name, int done, int of);

    /**
     * Returns whether to stop with a {@link java.util.concurrent.CancellationException}. Called often, by several
     * threads.
     */
    default boolean cancelled() {
        return false;
    }
}
