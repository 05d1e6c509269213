package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.profile.ConsentState.Absorbed;
import org.opensearch.interest.core.profile.ConsentState.Handover;

/**
 * How one profile becomes part of another, though the two are kept apart and written one after the other, and anything
 * may fail in between. Three writes, each of which may be repeated:
 *
 * <ol> <li>{@link #leave}: the source puts all it holds aside as a handover of its own number, for that target alone,
 * and is empty from then on. What happens to the source later is not part of the handover. <li>{@link #absorb}: the
 * target adds the handover, and remembers its number. One that it remembers it does not add again. <li>{@link #left}:
 * the source drops the handover. </ol>
 *
 * So evidence is in the source before, in the handover or the target in between, and in the target after; it is never
 * counted twice by one of them, and never gone. While a merge that broke off waits to be repeated, its evidence counts
 * for neither until the second write is done.
 */
public final class MergeSteps {
    private MergeSteps() {}

    /**
     * The source, emptied. An opt-out stays, evidence up to the last event is refused from now on, and what it absorbed
     * itself is remembered. A source that is leaving already is left as it is.
     *
     * @param transfer drawn by chance
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
     * The target, with the handover in it. An opt-out of either wins, and then no evidence moves: the person wants none
     * kept. The same holds for evidence that ended before the target was forgotten. What the source declared joins what
     * the target did.
     *
     * @throws IllegalArgumentException where the two have different dimensions
     */
    public static Profile absorb(
        Profile target, Absorbed transfer, Profile source, CatalogueCentre centre, TopicSettings rules
    ) {
        if (target.consent().knows(transfer)) {
            return target;
        }
        boolean optOut = target.consent().optOut() || source.consent().optOut();
        boolean forgotten = source.events() > 0 && source.lastEvent() <= target.consent().deletedUntil();
        Profile joined = optOut ? target.declaring(target.declared().plus(source.declared()))
            : forgotten ? target : target.plus(source, centre, rules);
        return joined.with(target.consent().optedOut(optOut).absorbing(transfer));
    }

    /** The source, when the target has taken over. */
    public static Profile left(Profile source, long transfer) {
        Handover leaving = source.consent().leaving();
        return leaving == null || leaving.transfer() != transfer ? source
            : source.with(source.consent().handingOver(null));
    }
}
