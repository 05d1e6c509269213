package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.MergeSteps;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.profile.TopicSettings;
import org.opensearch.interest.core.tracking.ChangeResult.Outcome;

import java.util.ArrayList;
import java.util.List;

/** Applies changes to a profile, one after the other, with one result per change. Stateless. */
public final class ChangeApplier {
    /** @param changed whether the profile is to be written */
    public record Applied(Profile profile, List<ChangeResult> results, boolean changed) {}

    private final GeometrySource geometries;

    public ChangeApplier(GeometrySource geometries) {
        this.geometries = geometries;
    }

    /**
     * Applies changes in their order. A wrong change fails alone.
     *
     * @param replayed replay of the user's history; null if no change needs one. Rebuilds and deletions are applied
     *                 first, since changes that arrived with them are not in the history yet
     */
    public Applied apply(Tracker tracker, Profile stored, ReplayResult replayed, List<ProfileChange> changes) {
        Profile before = stored.under(tracker.halfLives());
        ReplayApplier.Start start = ReplayApplier.start(before, replayed, changes, centre(tracker, before.dimension()));
        boolean changed = start.changed();
        Profile profile = start.profile();
        List<ChangeResult> results = new ArrayList<>(changes.size());
        for (ProfileChange change : changes) {
            if (change instanceof ProfileChange.DeleteEvent deletion && start.failures().containsKey(deletion.key())) {
                results.add(ChangeResult.failed(start.failures().get(deletion.key())));
                continue;
            }
            Outcome refusal = refusal(profile, change);
            if (refusal != null) {
                results.add(ChangeResult.of(refusal));
                continue;
            }
            try {
                profile = after(tracker, profile, change);
                changed |= leavesProfile(change) == false;
                results.add(
                    change instanceof ProfileChange.Rebuild
                        ? ChangeResult.of(new ChangeResult.Replay(replayed.events(), replayed.missing()))
                        : ChangeResult.of(Outcome.APPLIED)
                );
            } catch (IllegalArgumentException e) {
                results.add(ChangeResult.failed(new IllegalArgumentException("[interest] " + e.getMessage(), e)));
            }
        }
        return new Applied(profile, results, changed);
    }

    /**
     * Returns the outcome of a refused change, or null. Only evidence is refused: a user's decisions are always
     * written, since the answer must not depend on a profile that may be stale.
     */
    private static Outcome refusal(Profile profile, ProfileChange change) {
        return switch (change) {
            case ProfileChange.RecordEvent record -> profile.refuses(record.evidence()) ? Outcome.IGNORED
                : profile.knows(record.evidence()) ? Outcome.DUPLICATE : null;
            case ProfileChange.HistoryOnlyEvent show ->
                profile.refuses(show.kept().timestamp()) ? Outcome.IGNORED : null;
            default -> null;
        };
    }

    private static boolean leavesProfile(ProfileChange change) {
        return change instanceof ProfileChange.HistoryOnlyEvent || change instanceof ProfileChange.Rebuild
            || change instanceof ProfileChange.DeleteEvent;
    }

    private Profile after(Tracker tracker, Profile profile, ProfileChange change) {
        TopicSettings rules = rules(tracker);
        return switch (change) {
            case ProfileChange.RecordEvent record -> plus(tracker, profile, record.evidence());
            case ProfileChange.HistoryOnlyEvent show -> profile;
            // done before all others
            case ProfileChange.Rebuild rebuild -> profile;
            case ProfileChange.DeleteEvent deletion -> profile;
            case ProfileChange.Forget forget -> profile.forgotten(forget.until());
            case ProfileChange.OptOut optOut -> profile.optedOut(optOut.out());
            case ProfileChange.Declare declare -> profile.declaring(declare.interests());
            case ProfileChange.MergeOut leave -> MergeSteps.leave(profile, leave.target(), leave.transfer());
            case ProfileChange.MergeIn absorb -> {
                CatalogueCentre centre = centre(tracker, absorb.source().dimension());
                yield MergeSteps.absorb(profile, absorb.transfer(), absorb.source(), centre, rules);
            }
            case ProfileChange.MergeDone left -> MergeSteps.left(profile, left.transfer());
        };
    }

    /** @throws IllegalArgumentException where the evidence has another dimension than the profile */
    public Profile plus(Tracker tracker, Profile profile, Evidence evidence) {
        requireSameDimension(tracker, profile, evidence);
        return profile.plus(evidence, centre(tracker, evidence.vector().length), rules(tracker));
    }

    /** The evidence has the dimension of the items as they are now, so it is their index that is another one. */
    private static void requireSameDimension(Tracker tracker, Profile profile, Evidence evidence) {
        int dimension = evidence.vector().length;
        if (profile.dimension() > 0 && profile.dimension() != dimension) {
            Tracker.Items items = tracker.items();
            throw new IllegalArgumentException(
                "field [" + items.vectorField() + "] of index [" + items.index() + "] must hold vectors of ["
                    + profile.dimension() + "] dimensions, as this user's profile does, but this event's vector has ["
                    + dimension
                    + "]: rebuild the tracker's profiles from their history, or put back items with such vectors"
            );
        }
    }

    /** Replaces a profile by the replay of its history. */
    public Profile rebuilt(Tracker tracker, Profile before, Profile replayed) {
        return before.rebuiltAs(replayed, centre(tracker, before.dimension()));
    }

    private static TopicSettings rules(Tracker tracker) {
        return new TopicSettings(tracker.topics().max(), tracker.topics().similarity());
    }

    CatalogueCentre centre(Tracker tracker, int dimension) {
        if (dimension == 0) {
            // a profile without vectors: nothing is compared
            return new CatalogueCentre(new float[0], new float[0]);
        }
        Geometry geometry = geometries.of(tracker, dimension);
        return new CatalogueCentre(geometry.itemMean(), geometry.textMean());
    }
}
