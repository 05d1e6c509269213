package org.opensearch.interest.store;

import org.opensearch.interest.geometry.Geometry;
import org.opensearch.interest.profile.Centre;
import org.opensearch.interest.profile.Change;
import org.opensearch.interest.profile.Evidence;
import org.opensearch.interest.profile.Merge;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.TopicRules;
import org.opensearch.interest.store.RecordResult.Outcome;
import org.opensearch.interest.tracking.Geometries;
import org.opensearch.interest.tracking.Tracker;

import java.util.ArrayList;
import java.util.List;

/** What changes make of a profile, one after the other, and what came of each. */
final class ChangeRules {
    /** @param changed whether the profile is to be written */
    record Applied(Profile profile, List<RecordResult> results, boolean changed) {}

    private final Geometries geometries;

    ChangeRules(Geometries geometries) {
        this.geometries = geometries;
    }

    /** One change's fault fails that change alone. */
    Applied apply(Tracker tracker, Profile stored, List<Change> changes) {
        Profile profile = stored.under(tracker.halfLives());
        boolean changed = false;
        List<RecordResult> results = new ArrayList<>(changes.size());
        for (Change change : changes) {
            Outcome refusal = refusal(profile, change);
            if (refusal != null) {
                results.add(RecordResult.of(refusal));
                continue;
            }
            try {
                profile = after(tracker, profile, change);
                changed |= change instanceof Change.Show == false;
                results.add(RecordResult.of(Outcome.APPLIED));
            } catch (IllegalArgumentException e) {
                results.add(RecordResult.failed(new IllegalArgumentException("[interest] " + e.getMessage(), e)));
            }
        }
        return new Applied(profile, results, changed);
    }

    /** Null for what is not refused. Only evidence is: what a person wants is always written, so that nobody takes a guess for a fact. */
    private static Outcome refusal(Profile profile, Change change) {
        return switch (change) {
            case Change.Record record -> profile.refuses(record.evidence()) ? Outcome.IGNORED
                : profile.knows(record.evidence()) ? Outcome.DUPLICATE
                : null;
            case Change.Show show -> profile.refuses(show.kept().timestamp()) ? Outcome.IGNORED : null;
            default -> null;
        };
    }

    private Profile after(Tracker tracker, Profile profile, Change change) {
        TopicRules rules = new TopicRules(tracker.topics().max(), tracker.topics().similarity());
        return switch (change) {
            case Change.Record record -> {
                Evidence evidence = record.evidence();
                yield profile.plus(evidence, centre(tracker, evidence.vector().length), rules);
            }
            case Change.Show show -> profile;
            case Change.Forget forget -> profile.forgotten(forget.until());
            case Change.OptOut optOut -> profile.optedOut(optOut.out());
            case Change.Declare declare -> profile.declaring(declare.interests());
            case Change.Leave leave -> Merge.leave(profile, leave.target(), leave.transfer());
            case Change.Absorb absorb -> {
                Centre centre = centre(tracker, absorb.source().dimension());
                yield Merge.absorb(profile, absorb.transfer(), absorb.source(), centre, rules);
            }
            case Change.Left left -> Merge.left(profile, left.transfer());
        };
    }

    private Centre centre(Tracker tracker, int dimension) {
        if (dimension == 0) {
            // a profile without vectors: nothing is compared
            return new Centre(new float[0], new float[0]);
        }
        Geometry geometry = geometries.of(tracker, dimension);
        return new Centre(geometry.itemMean(), geometry.textMean());
    }
}
