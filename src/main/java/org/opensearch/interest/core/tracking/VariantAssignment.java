package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.experiment.Variant;
import org.opensearch.interest.core.profile.HistoryEvent;

import java.util.Objects;

/**
 * A user's part in an experiment. Who it is follows from the id of the user's profile, so that searches and events come
 * to the same.
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
     * What an event says of itself, completed. What it names stands; one that names no experiment and nothing that is
     * strange to this one happened in this one, and where it names no variant, under its user's own, or where two
     * variants make a list, under both.
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
