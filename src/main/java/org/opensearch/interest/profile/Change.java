package org.opensearch.interest.profile;

import java.util.Objects;

/** One thing that happens to one profile. */
public sealed interface Change {
    /** The user did something. */
    record Record(Evidence evidence) implements Change {
        public Record {
            Objects.requireNonNull(evidence, "evidence");
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

    /** The second step, in the target. */
    record Absorb(Standing.Absorbed transfer, Profile source) implements Change {
        public Absorb {
            Objects.requireNonNull(transfer, "transfer");
            Objects.requireNonNull(source, "source");
        }
    }

    /** The last step, in the source again. */
    record Left(long transfer) implements Change {}
}
