package org.opensearch.interest.core.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A user's opt-out, the time up to which events were deleted, and the merges with other profiles. Stays when everything
 * else in the profile is deleted.
 *
 * @param optOut       whether the user opted out of tracking: nothing more is recorded, and nothing recorded is used
 * @param deletedUntil milliseconds since 1970: evidence up to then is refused; {@link #NEVER} if nothing was deleted
 * @param absorbed     the profiles that were merged into this one, the latest last; at most {@link #REMEMBERED}
 * @param leaving      the evidence that is moving into another profile; null unless a merge is under way
 */
public record ConsentState(boolean optOut, long deletedUntil, List<Absorbed> absorbed, Handover leaving) {
    public static final long NEVER = -1;
    /**
     * Number of merged profiles that are remembered. The list makes a repeated merge count once: a merge may fail after
     * the target was written and before the source was. Such a merge can be repeated as long as fewer than 64 other
     * merges into the same profile came in between.
     */
    static final int REMEMBERED = 64;

    private static final ConsentState INITIAL = new ConsentState(false, NEVER, List.of(), null);

    /**
     * One profile that was merged into another.
     *
     * @param source   a fingerprint of the merged profile's document id
     * @param transfer the number of its handover
     */
    public record Absorbed(long source, long transfer) {}

    /**
     * A profile that is moving into another.
     *
     * @param target   the document id of the other profile
     * @param transfer a random number that identifies this handover
     * @param profile  the profile as it was when the merge began
     */
    public record Handover(String target, long transfer, Profile profile) {
        public Handover {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(profile, "profile");
        }
    }

    public ConsentState {
        absorbed = List.copyOf(absorbed);
        if (deletedUntil < NEVER || absorbed.size() > REMEMBERED) {
            throw new IllegalArgumentException(
                "deleted until [" + deletedUntil + "], [" + absorbed.size() + "] merged profiles"
            );
        }
    }

    static ConsentState initial() {
        return INITIAL;
    }

    /** Whether evidence of that time must not be recorded. */
    boolean refuses(long timestamp) {
        return optOut || timestamp <= deletedUntil;
    }

    boolean hasAbsorbed(Absorbed profile) {
        return absorbed.contains(profile);
    }

    /** Whether the profile of that document was merged into this one, as far as the list of merges reaches back. */
    public boolean absorbed(long source) {
        return absorbed.stream().anyMatch(one -> one.source() == source);
    }

    ConsentState optedOut(boolean out) {
        return new ConsentState(out, deletedUntil, absorbed, leaving);
    }

    /** The state after a deletion. An opt-out stays, and the deletion time never moves back. */
    ConsentState forgotten(long until) {
        return new ConsentState(optOut, Math.max(deletedUntil, until), List.of(), null);
    }

    ConsentState withAbsorbed(Absorbed profile) {
        List<Absorbed> all = new ArrayList<>(absorbed);
        all.add(profile);
        return new ConsentState(
            optOut, deletedUntil, all.subList(Math.max(0, all.size() - REMEMBERED), all.size()), leaving
        );
    }

    /** @param handover null if no merge is under way any longer */
    ConsentState withHandover(Handover handover) {
        return new ConsentState(optOut, deletedUntil, absorbed, handover);
    }
}
