package org.opensearch.interest.search.pipeline;

import org.opensearch.common.Nullable;
import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.experiment.Variant;
import org.opensearch.interest.core.tracking.VariantAssignment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Effect of an experiment on one search.
 *
 * @param experiment the experiment's name
 * @param ext        names the experiment in the response
 * @param options    for the ranking; unused if two variants rank the search
 * @param diversity  of the variant; null if the variant sets none
 * @param teams      the two variants, each with its weight, if both rank the search; else empty
 */
record VariantPlan(
    String experiment,
    VariantExt ext,
    PersonalizeOptions options,
    @Nullable Double diversity,
    List<Variant> teams
) {
    /**
     * Returns the plan of a search; null if the search is in no experiment or names unknown variants.
     *
     * @param requested  the names of the variants that the search itself interleaves; null if it names none
     * @param assignment null if the tracker has no experiment or the user does not take part in it
     */
    @Nullable
    static VariantPlan of(
        @Nullable List<String> requested, @Nullable VariantAssignment assignment, PersonalizeOptions pipeline
    ) {
        if (assignment == null) {
            return null;
        }
        Experiment experiment = assignment.experiment();
        if (requested == null && experiment.interleave() == false) {
            Variant own = assignment.variant();
            return new VariantPlan(
                experiment.name(), VariantExt.of(experiment.name(), own.name()), pipeline.withVariant(own),
                own.diversity(), List.of()
            );
        }
        List<String> names = requested == null ? experiment.controlFirst() : requested;
        List<Variant> teams = names.stream()
            .map(experiment::variant)
            .flatMap(Optional::stream)
            .map(team -> withWeight(team, pipeline))
            .toList();
        return teams.size() < 2 ? null
            : new VariantPlan(
                experiment.name(), VariantExt.interleaved(experiment.name(), names), pipeline, null, teams
            );
    }

    private static Variant withWeight(Variant team, PersonalizeOptions pipeline) {
        double weight = team.weight() == null ? pipeline.weight() : team.weight();
        return new Variant(team.name(), team.share(), weight, team.diversity(), team.strategy());
    }

    static IllegalArgumentException noVariants(
        String tracker, List<String> requested, @Nullable VariantAssignment assignment
    ) {
        List<String> variants = Stream.ofNullable(assignment)
            .flatMap(known -> known.experiment().variants().stream())
            .map(Variant::name)
            .toList();
        return new IllegalArgumentException(
            "[interest] [ext.interest.interleave] must name two variants of the experiment of tracker [" + tracker
                + "], which has " + variants + ", but was " + requested
        );
    }

    boolean isInterleaved() {
        return teams.isEmpty() == false;
    }
}
