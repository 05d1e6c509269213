package org.opensearch.interest.core.tracking;

import java.util.Objects;

/**
 * Result of one change to a profile.
 *
 * @param outcome null if the change failed
 * @param failure null if it did not
 * @param replay  counts of a rebuild; null for all other changes
 */
public record ChangeResult(Outcome outcome, Exception failure, Replay replay) {
    /** Outcome of a change that did not fail. */
    public enum Outcome {
        APPLIED,
        DUPLICATE,
        IGNORED
    }

    /**
     * Counts of a rebuild.
     *
     * @param events  events in the rebuilt profile; 0 if the profile stays as it is
     * @param missing events left out because their item is gone or has a vector of another dimension
     */
    public record Replay(long events, long missing) {}

    public ChangeResult {
        if ((outcome == null) == (failure == null)) {
            throw new IllegalArgumentException("a change either has an outcome or failed");
        }
    }

    public static ChangeResult of(Outcome outcome) {
        return new ChangeResult(Objects.requireNonNull(outcome, "outcome"), null, null);
    }

    public static ChangeResult failed(Exception failure) {
        return new ChangeResult(null, Objects.requireNonNull(failure, "failure"), null);
    }

    static ChangeResult of(Replay replay) {
        return new ChangeResult(Outcome.APPLIED, null, replay);
    }
}
