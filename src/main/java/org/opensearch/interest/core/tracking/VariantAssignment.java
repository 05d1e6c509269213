package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.experiment.Variant;
import org.opensearch.interest.core.profile.HistoryEvent;

import java.util.Objects;

/**
 * Variant of an experiment that a user is assigned to. It follows from the id of the user's profile, so that searches
 * and events agree.
 *
 * @param variant the user's own
 */
public record VariantAssignment(Experiment experiment, Variant variant) {
    public VariantAssignment {
        Objects.requireNonNull(experiment, "experiment");
        Objects.requireNonNull(variant, "variant");
    }

    /** @param profileId the id under which the user's profile is kept */
    public static VariantAssignment of(Experiment experiment, String profileId) {
        return new VariantAssignment(experiment, experiment.of(profileId));
    }

    /**
     * Completes the context of an event. Values that the event names are kept. An event that names no experiment, and
     * no variant unknown to this one, belongs to this experiment; without a variant it gets its user's own, or both if
     * two variants make one list.
     */
    public static HistoryEvent.Context in(Experiment experiment, String profileId, HistoryEvent.Context said) {
        boolean another = said.experiment() != null && said.experiment().equals(experiment.name()) == false;
        if (another || isStrange(experiment, said.variant()) || isStrange(experiment, said.team())) {
            return said;
        }
        boolean both = experiment.interleave() || said.team() != null;
        String variant = said.variant() != null ? said.variant()
            : both ? Experiment.INTERLEAVED : experiment.of(profileId).name();
        return new HistoryEvent.Context(
            said.session(), said.queryId(), said.position(), variant, experiment.name(), said.team()
        );
    }

    private static boolean isStrange(Experiment experiment, String variant) {
        return variant != null && variant.equals(Experiment.INTERLEAVED) == false
            && experiment.variant(variant).isEmpty();
    }
}
