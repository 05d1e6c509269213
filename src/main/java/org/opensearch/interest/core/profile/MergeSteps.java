package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.profile.ConsentState.Absorbed;
import org.opensearch.interest.core.profile.ConsentState.Handover;

/**
 * The merge of one profile into another. The two profiles are stored apart and written one after the other, and each
 * write may fail. The merge is three writes, each of which may be repeated:
 *
 * <ol> <li>{@link #leave}: the source moves its evidence and its declared interests into a handover, which has a number
 * and one target, and is empty from then on. Later events of the source are not part of the handover.
 * <li>{@link #absorb}: the target adds the handover and remembers its number. It does not add a handover whose number
 * it remembers. <li>{@link #left}: the source drops the handover. </ol>
 *
 * So the evidence is in the source before, in the handover or the target in between, and in the target after; no
 * profile counts it twice, and it is never lost. If a merge fails before the second write, its evidence counts for
 * neither profile until the merge is repeated.
 */
public final class MergeSteps {
    private MergeSteps() {}

    /**
     * First step: the source without evidence and declared interests, which are in the handover. An opt-out stays,
     * evidence up to the last event is refused from now on, and the list of profiles that were merged into the source
     * stays. A source with a handover does not change.
     *
     * @param transfer a random number
     */
    public static Profile leave(Profile source, String target, long transfer) {
        ConsentState consent = source.consent();
        if (consent.leaving() != null) {
            return source;
        }
        long until = source.events() == 0 ? consent.deletedUntil()
            : Math.max(consent.deletedUntil(), source.lastEvent());
        ConsentState afterwards = new ConsentState(
            consent.optOut(), until, consent.absorbed(), new Handover(target, transfer, source)
        );
        return source.emptied().with(afterwards);
    }

    /**
     * Second step: the target with the handover's evidence. If either profile opted out, so does the result, and no
     * evidence moves: the user wants none stored. Nor does evidence move if its last event is not after the target's
     * deletion time. The declared interests of the source are added to those of the target, except in the second case.
     *
     * @throws IllegalArgumentException if the two have different dimensions
     */
    public static Profile absorb(
        Profile target, Absorbed transfer, Profile source, CatalogueCentre centre, TopicSettings rules
    ) {
        if (target.consent().hasAbsorbed(transfer)) {
            return target;
        }
        boolean optOut = target.consent().optOut() || source.consent().optOut();
        boolean deleted = source.events() > 0 && source.lastEvent() <= target.consent().deletedUntil();
        Profile joined = optOut ? target.declaring(target.declared().plus(source.declared()))
            : deleted ? target : target.plus(source, centre, rules);
        return joined.with(target.consent().optedOut(optOut).withAbsorbed(transfer));
    }

    /** Third step: the source without the handover, once the target has it. */
    public static Profile left(Profile source, long transfer) {
        Handover leaving = source.consent().leaving();
        return leaving == null || leaving.transfer() != transfer ? source
            : source.with(source.consent().withHandover(null));
    }
}
