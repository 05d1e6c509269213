package org.opensearch.interest.core.profile;

import java.util.Objects;

/** One change to one profile. */
public sealed interface ProfileChange {
    /**
     * Whether the change may be repeated if it is unknown whether it was applied: a repeated change counts once and
     * does not fail.
     */
    default boolean mayRepeat() {
        return true;
    }

    /**
     * Adds the evidence of an event.
     *
     * @param kept the event for the history; null if the history does not store it
     */
    record RecordEvent(Evidence evidence, HistoryEvent kept) implements ProfileChange {
        public RecordEvent {
            Objects.requireNonNull(evidence, "evidence");
        }

        public RecordEvent(Evidence evidence) {
            this(evidence, null);
        }

        /** True if the event has an id: only an id distinguishes a repeat from a new event. */
        @Override
        public boolean mayRepeat() {
            return evidence.id().isPresent();
        }
    }

    /** Adds an event to the history and not to the profile: an impression. */
    record HistoryOnlyEvent(HistoryEvent kept) implements ProfileChange {
        public HistoryOnlyEvent {
            Objects.requireNonNull(kept, "kept");
        }
    }

    /** Computes the profile again from the events in the history; changes nothing if there are none. */
    record Rebuild() implements ProfileChange {}

    /**
     * Deletes one event of the history.
     *
     * @param key the key of the {@link HistoryEvent}
     */
    record DeleteEvent(String key) implements ProfileChange {
        public DeleteEvent {
            Objects.requireNonNull(key, "key");
        }

        /** False: a repeat does not find the deleted event and fails. */
        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /**
     * Deletes the profile's content and refuses evidence of the past from then on.
     *
     * @param until milliseconds since 1970: the latest time whose events are deleted
     */
    record Forget(long until) implements ProfileChange {}

    /** @param out true to opt out of tracking, false to opt in again */
    record OptOut(boolean out) implements ProfileChange {}

    /** @param interests replace those declared before */
    record Declare(DeclaredInterests interests) implements ProfileChange {
        public Declare {
            Objects.requireNonNull(interests, "interests");
        }
    }

    /**
     * First of the {@link MergeSteps}, in the source.
     *
     * @param target   the document id of the target
     * @param transfer a random number that identifies the handover
     */
    record MergeOut(String target, long transfer) implements ProfileChange {
        public MergeOut {
            Objects.requireNonNull(target, "target");
        }
    }

    /**
     * Second step, in the target.
     *
     * @param from the document id of the source
     */
    record MergeIn(String from, ConsentState.Absorbed transfer, Profile source) implements ProfileChange {
        public MergeIn {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(transfer, "transfer");
            Objects.requireNonNull(source, "source");
        }
    }

    /** Third step, in the source again. */
    record MergeDone(long transfer) implements ProfileChange {}
}
