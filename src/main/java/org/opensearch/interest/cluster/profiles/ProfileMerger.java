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
 * Merges two users' profiles by the three writes of {@link MergeSteps}, each through the profile's one writer. If a
 * node fails in between, the merge may fail or stay without an answer, but nothing is lost or counted twice, and
 * repeating the request completes it. If an earlier merge of the source into another user was interrupted, that merge
 * is completed first. Two concurrent merges of the same source do the same writes twice, which is harmless.
 */
public final class ProfileMerger {
    private final ProfileStore profiles;
    private final ProfileRecorder recorder;

    public ProfileMerger(ProfileStore profiles, ProfileRecorder recorder) {
        this.profiles = profiles;
        this.recorder = recorder;
    }

    /** Ids of the two profiles, and the source user as the caller names them. */
    private record Pair(Tracker tracker, String source, String target, UserId from) {}

    /**
     * Merges a source user into a target user. Fails with 404 if the source is unknown and was not merged into the
     * target before, and with 400 if the two profiles have vectors of different dimensions.
     *
     * @param from another user than {@code into}
     */
    public void merge(Tracker tracker, UserId from, UserId into, ActionListener<Void> listener) {
        step(new Pair(tracker, ProfileId.of(tracker, from), ProfileId.of(tracker, into), from), false, listener);
    }

    /** @param begun whether this merge has written {@link ProfileChange.MergeOut} */
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
                mergeOut(
                    pair, source.get(),
                    ActionListener.wrap(mergedOut -> step(pair, true, listener), listener::onFailure)
                );
            } else {
                requireMergedBefore(pair, listener);
            }
        }, listener::onFailure));
    }

    private void mergeOut(Pair pair, Profile source, ActionListener<Void> listener) {
        profiles.get(pair.tracker(), pair.target(), ActionListener.wrap(target -> {
            int sourceDimension = source.dimension();
            int targetDimension = target.map(Profile::dimension).orElse(0);
            if (sourceDimension > 0 && targetDimension > 0 && sourceDimension != targetDimension) {
                // checked before the merge begins, because the target could never take the source's profile
                throw new IllegalArgumentException(
                    "[interest] [from] must have a profile of [" + targetDimension
                        + "] dimensions, as the user has, but has one of [" + sourceDimension + "]"
                );
            }
            ProfileChange mergeOut = new ProfileChange.MergeOut(pair.target(), Randomness.get().nextLong());
            recorder.change(pair.tracker(), pair.source(), List.of(mergeOut), listener);
        }, listener::onFailure));
    }

    private void handOver(Pair pair, Handover leaving, ActionListener<Void> listener) {
        Absorbed transfer = new Absorbed(EventIds.fingerprint(pair.source()), leaving.transfer());
        ProfileChange mergeIn = new ProfileChange.MergeIn(pair.source(), transfer, leaving.profile());
        recorder.change(pair.tracker(), leaving.target(), List.of(mergeIn), ActionListener.wrap(mergedIn -> {
            recorder.change(
                pair.tracker(), pair.source(), List.of(new ProfileChange.MergeDone(leaving.transfer())), listener
            );
        }, listener::onFailure));
    }

    /**
     * Answers for a source that has nothing to merge: succeeds if it was merged into the target before, else fails with
     * 404.
     */
    private void requireMergedBefore(Pair pair, ActionListener<Void> listener) {
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
