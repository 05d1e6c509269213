package org.opensearch.interest.core.evaluation.learning;

/** Receives the progress of each step, and says whether to stop. Called by several threads. */
@FunctionalInterface
public interface EvaluationListener {
    void step(String name, int done, int of);

    /** Asked often, by several threads: whether to stop with a {@link java.util.concurrent.CancellationException}. */
    default boolean cancelled() {
        return false;
    }
}
