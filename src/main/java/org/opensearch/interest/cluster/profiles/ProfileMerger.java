package org.opensearch.interest.cluster.profiles;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.common.Randomness;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.core.profile.ConsentState.Absorbed;
import org.opensearch.interest.core.profile.ConsentState.Handover;
import org.opensearch.interest.core.profile.EventIds;
import org.opensearch.interest.core.profile.MergeSteps;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;

import java.util.List;

/**
 * Makes two users' profiles one, by the three writes of {@link MergeSteps}, each through the profile's one writer.
 * Where a node dies in between, the merge fails, or nobody hears of it: nothing is lost or counted twice, and asking
 * for it again completes it. A source that is still on its way elsewhere, because an earlier merge broke off, arrives
 * there first. Two who merge the same source at once do the same writes twice, which is harmless.
 */
public final class ProfileMerger {
    private final ProfileStore profiles;
    private final ProfileRecorder recorder;

    public ProfileMerger(ProfileStore profiles, ProfileRecorder recorder) {
        this.profiles = profiles;
        this.recorder = recorder;
    }

    /** Which documents, and the source as the caller names it. */
    private record Pair(Tracker tracker, String source, String target, UserId from) {}

    /**
     * Fails with 404 where nothing is known of the source and nothing of it came to the target before, and with 400
     * where the two have vectors of different dimensions.
     *
     * @param from another user than {@code into}
     */
    public void merge(Tracker tracker, UserId from, UserId into, ActionListener<Void> listener) {
        step(new Pair(tracker, ProfileId.of(tracker, from), ProfileId.of(tracker, into), from), false, listener);
    }

    /** @param begun whether this merge made the source leave */
    private void step(Pair pair, boolean begun, ActionListener<Void> listener) {
        profiles.get(pair.tracker(), pair.source(), ActionListener.wrap(source -> {
            Handover leaving = source.map(known -> known.consent().leaving()).orElse(null);
            if (leaving != null) {
                boolean last = begun && leaving.target().equals(pair.target());
                handOver(pair, leaving, ActionListener.wrap(done -> {
                    if (last) {
                        listener.onResponse(null);
                    } else {
                        step(pair, false, listener);
                    }
                }, listener::onFailure));
            } else if (source.isPresent() && source.get().isUnknown() == false) {
                leave(pair, source.get(), ActionListener.wrap(left -> step(pair, true, listener), listener::onFailure));
            } else {
                requireArrived(pair, listener);
            }
        }, listener::onFailure));
    }

    private void leave(Pair pair, Profile source, ActionListener<Void> listener) {
        profiles.get(pair.tracker(), pair.target(), ActionListener.wrap(target -> {
            int mine = source.dimension();
            int theirs = target.map(Profile::dimension).orElse(0);
            if (mine > 0 && theirs > 0 && mine != theirs) {
                // asked before the source leaves: it would never arrive
                throw new IllegalArgumentException(
                    "[interest] [from] must have a profile of [" + theirs
                        + "] dimensions, as the user has, but has one of [" + mine + "]"
                );
            }
            ProfileChange leave = new ProfileChange.MergeOut(pair.target(), Randomness.get().nextLong());
            recorder.change(pair.tracker(), pair.source(), List.of(leave), listener);
        }, listener::onFailure));
    }

    private void handOver(Pair pair, Handover leaving, ActionListener<Void> listener) {
        Absorbed transfer = new Absorbed(EventIds.fingerprint(pair.source()), leaving.transfer());
        ProfileChange absorb = new ProfileChange.MergeIn(pair.source(), transfer, leaving.profile());
        recorder.change(pair.tracker(), leaving.target(), List.of(absorb), ActionListener.wrap(absorbed -> {
            recorder.change(
                pair.tracker(), pair.source(), List.of(new ProfileChange.MergeDone(leaving.transfer())), listener
            );
        }, listener::onFailure));
    }

    /** There is nothing to merge: either it was merged before, or there never was anything. */
    private void requireArrived(Pair pair, ActionListener<Void> listener) {
        profiles.get(pair.tracker(), pair.target(), ActionListener.wrap(target -> {
            if (target.isEmpty() || target.get().consent().absorbed(EventIds.fingerprint(pair.source())) == false) {
                throw new ResourceNotFoundException(
                    "[interest] no user [from] [{}] in tracker [{}]", pair.from().value(), pair.tracker().name()
                );
            }
            listener.onResponse(null);
        }, listener::onFailure));
    }
}
