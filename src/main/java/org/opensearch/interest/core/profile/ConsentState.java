package org.opensearch.interest.core.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a person decided about being known, and what remains of deciding it. Survives that everything else is forgotten.
 *
 * @param optOut       whether the person is out of tracking: nothing more is recorded, and nothing that is known is
 *                     used
 * @param deletedUntil milliseconds since 1970: evidence up to then is refused; {@link #NEVER} where nothing was
 *                     forgotten
 * @param absorbed     the profiles that became part of this one, the latest last; at most {@link #REMEMBERED}
 * @param leaving      what is on its way into another profile; null but while two are being merged
 */
public record ConsentState(boolean optOut, long deletedUntil, List<Absorbed> absorbed, Handover leaving) {
    public static final long NEVER = -1;
    /**
     * How many absorbed profiles are remembered. They are needed where a merge broke off after the target had taken
     * over and before the source knew, and is repeated then: 64 merges into one profile may lie between.
     */
    static final int REMEMBERED = 64;

    private static final ConsentState PLAIN = new ConsentState(false, NEVER, List.of(), null);

    /**
     * One profile that became part of another.
     *
     * @param source   a fingerprint of its document's id
     * @param transfer which of its handovers
     */
    public record Absorbed(long source, long transfer) {}

    /**
     * A profile on its way into another.
     *
     * @param target   the id of the other's document
     * @param transfer drawn by chance, and the handover's alone
     * @param profile  as it was when it left
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
                "forgotten until [" + deletedUntil + "], [" + absorbed.size() + "] profiles absorbed"
            );
        }
    }

    static ConsentState plain() {
        return PLAIN;
    }

    /** Whether evidence of that time is to be left alone. */
    boolean refuses(long timestamp) {
        return optOut || timestamp <= deletedUntil;
    }

    boolean knows(Absorbed one) {
        return absorbed.contains(one);
    }

    /** Whether the profile of that document ever became part of this one, as far as memory reaches. */
    public boolean absorbed(long source) {
        return absorbed.stream().anyMatch(one -> one.source() == source);
    }

    ConsentState optedOut(boolean out) {
        return new ConsentState(out, deletedUntil, absorbed, leaving);
    }

    /** An opt-out stays, and so does what was forgotten before. */
    ConsentState forgotten(long until) {
        return new ConsentState(optOut, Math.max(deletedUntil, until), List.of(), null);
    }

    ConsentState absorbing(Absorbed one) {
        List<Absorbed> all = new ArrayList<>(absorbed);
        all.add(one);
        return new ConsentState(
            optOut, deletedUntil, all.subList(Math.max(0, all.size() - REMEMBERED), all.size()), leaving
        );
    }

    /** @param handover null where nothing is on its way any longer */
    ConsentState handingOver(Handover handover) {
        return new ConsentState(optOut, deletedUntil, absorbed, handover);
    }
}
