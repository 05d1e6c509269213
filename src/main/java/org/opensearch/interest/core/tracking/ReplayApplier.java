package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.ChangeRefusedException.Reason;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies rebuilds and deletions of events to a profile, before all other changes. A rebuild replaces the profile by
 * the replay of the user's history. A deleted event is left out of the replay if the history holds everything else that
 * is in the profile; otherwise the event is subtracted, so that sums are exact and evidence that only the profile holds
 * is not lost.
 */
public final class ReplayApplier {
    /**
     * The profile before all other changes.
     *
     * @param changed  whether it is to be written for that
     * @param failures of strikes, by the event's key
     */
    record Start(Profile profile, boolean changed, Map<String, Exception> failures) {}

    private ReplayApplier() {}

    /**
     * @param before   under the tracker's half-lives
     * @param replayed null where no change needs one
     * @param centre   from where evidence of the profile's dimension is seen
     */
    static Start start(Profile before, ReplayResult replayed, List<ProfileChange> changes, CatalogueCentre centre) {
        Map<String, Exception> failures = new HashMap<>();
        if (replayed == null) {
            return new Start(before, false, failures);
        }
        List<ReplayedEvent> counted = new ArrayList<>();
        boolean rebuild = false;
        for (ProfileChange change : changes) {
            rebuild |= change instanceof ProfileChange.Rebuild && replayed.events() > 0;
            if (change instanceof ProfileChange.DeleteEvent deletion) {
                ReplayedEvent deleted = replayed.deleted().get(deletion.key());
                if (deleted == null) {
                    failures.put(
                        deletion.key(),
                        new ChangeRefusedException(
                            Reason.NO_SUCH_EVENT, "[interest] no such event is kept of this user"
                        )
                    );
                } else if (counts(before, deleted.event()) && counted.contains(deleted) == false) {
                    counted.add(deleted);
                }
            }
        }
        if (rebuild || (counted.isEmpty() == false && replayed.events() + counted.size() == before.events())) {
            Profile profile = before.rebuiltAs(replayed.profile(), centre);
            for (ReplayedEvent deleted : counted) {
                profile = profile.without(deleted.event().id());
            }
            return new Start(profile, true, failures);
        }
        Profile profile = before;
        for (ReplayedEvent deleted : counted) {
            if (deleted.evidence() == null) {
                failures.put(deleted.event().key(), gone(deleted.event()));
            } else {
                profile = profile.minus(asItWas(deleted), centre);
            }
        }
        return new Start(profile, profile != before, failures);
    }

    /** Whether a kept event is in the profile: one that a strike took out before, and broke off, is not. */
    private static boolean counts(Profile profile, HistoryEvent event) {
        return event.isEvidence() && (profile.remembers(event.id()) || profile.ids().isFull());
    }

    /** With the weight that it was applied with: one that was not replayed since has no other. */
    private static Evidence asItWas(ReplayedEvent deleted) {
        return deleted.evidence().withWeight(deleted.event().weight());
    }

    private static Exception gone(HistoryEvent event) {
        return new ChangeRefusedException(
            Reason.SHARE_UNKNOWN,
            "[interest] the event's [item] [" + event.item()
                + "] is gone, so that what it contributed is not known, and the history does"
                + " not hold all of the user's events: rebuild the tracker's profiles first, or forget the user"
        );
    }

    /** Whether the history tells all that is in the profile, but for items that are gone. */
    public static boolean isWhole(Profile profile, ReplayResult replayed) {
        return profile.events() == replayed.events() || profile.events() == replayed.events() + replayed.missing();
    }
}
