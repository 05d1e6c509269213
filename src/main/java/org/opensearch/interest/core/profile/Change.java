package org.opensearch.interest.core.profile;

import java.util.Objects;

/** One thing that happens to one profile. */
public sealed interface Change {
    /** Whether it may be made again where nobody knows if it was: it counts once, and is not refused the second time. */
    default boolean mayRepeat() {
        return true;
    }

    /**
     * The user did something.
     *
     * @param kept as history keeps it; null where it keeps none
     */
    record Record(Evidence evidence, KeptEvent kept) implements Change {
        public Record {
            Objects.requireNonNull(evidence, "evidence");
        }

        public Record(Evidence evidence) {
            this(evidence, null);
        }

        /** Only an id tells a repeat from another event. */
        @Override
        public boolean mayRepeat() {
            return evidence.id().isPresent();
        }
    }

    /** The user was shown something, which history keeps and the profile does not. */
    record Show(KeptEvent kept) implements Change {
        public Show {
            Objects.requireNonNull(kept, "kept");
        }
    }

    /** The profile is made anew from the events that are kept; where none is, it stays. */
    record Rebuild() implements Change {}

    /**
     * One kept event never happened.
     *
     * @param key of the {@link KeptEvent}
     */
    record Strike(String key) implements Change {
        public Strike {
            Objects.requireNonNull(key, "key");
        }

        /** What is struck already is not found. */
        @Override
        public boolean mayRepeat() {
            return false;
        }
    }

    /** @param until milliseconds since 1970: everything up to then */
    record Forget(long until) implements Change {}

    record OptOut(boolean out) implements Change {}

    /** @param interests instead of those declared before */
    record Declare(Declared interests) implements Change {
        public Declare {
            Objects.requireNonNull(interests, "interests");
        }
    }

    /**
     * The first step of a {@link Merge}.
     *
     * @param target   the id of the other's document
     * @param transfer drawn by chance
     */
    record Leave(String target, long transfer) implements Change {
        public Leave {
            Objects.requireNonNull(target, "target");
        }
    }

    /**
     * The second step, in the target.
     *
     * @param from the id of the source's document
     */
    record Absorb(String from, Standing.Absorbed transfer, Profile source) implements Change {
        public Absorb {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(transfer, "transfer");
            Objects.requireNonNull(source, "source");
        }
    }

    /** The last step, in the source again. */
    record Left(long transfer) implements Change {}
}
