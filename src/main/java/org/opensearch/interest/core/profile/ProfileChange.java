package org.opensearch.interest.core.profile;

import java.util.Objects;

/** One thing that happens to one profile. */
public sealed interface ProfileChange {
    /**
     * Whether it may be made again where nobody knows if it was: it counts once, and is not refused the second time.
     */
    default boolean mayRepeat() {
        return true;
    }

    /**
     * The user did something.
     *
     * @param kept as history keeps it; null where it keeps none
     */
    record RecordEvent(Evidence evidence, HistoryEvent kept) implements ProfileChange {
        public RecordEvent {
            Objects.requireNonNull(evidence, "evidence");
        }

        public RecordEvent(Evidence evidence) {
            this(evidence, null);
        }

        /** Only an id tells a repeat from another event. */
        @Override
        public boolean mayRepeat() {
            return evidence.id().isPresent();
        }
    }

    /** The user was shown something, which history keeps and the profile does not. */
    record HistoryOnlyEvent(HistoryEvent kept) implements ProfileChange {
        public HistoryOnlyEvent {
            Objects.requireNonNull(kept, "kept");
        }
    }

    /** The profile is made anew from the events that are kept; where none is, it stays. */
    record Rebuild() implements ProfileChange {}

    /**
     * One kept event never happened.
     *
     * @param key of the {@link HistoryEvent}
     */
    record DeleteEvent(String key) implements ProfileChange {
        public DeleteEvent {
            Objects.requireNonNull(key, "key");
        }

        /** What is struck already is not found. */
        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /** @param until milliseconds since 1970: everything up to then */
    record Forget(long until) implements ProfileChange {}

    record OptOut(boolean out) implements ProfileChange {}

    /** @param interests instead of those declared before */
    record Declare(DeclaredInterests interests) implements ProfileChange {
        public Declare {
            Objects.requireNonNull(interests, "interests");
        }
    }

    /**
     * The first step of a {@link MergeSteps}.
     *
     * @param target   the id of the other's document
     * @param transfer drawn by chance
     */
    record MergeOut(String target, long transfer) implements ProfileChange {
        public MergeOut {
            Objects.requireNonNull(target, "target");
        }
    }

    /**
     * The second step, in the target.
     *
     * @param from the id of the source's document
     */
    record MergeIn(String from, ConsentState.Absorbed transfer, Profile source) implements ProfileChange {
        public MergeIn {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(transfer, "transfer");
            Objects.requireNonNull(source, "source");
        }
    }

    /** The last step, in the source again. */
    record MergeDone(long transfer) implements ProfileChange {}
}
