package org.opensearch.interest.search.pipeline;

import org.opensearch.common.Nullable;
import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.experiment.Variant;
import org.opensearch.interest.core.tracking.VariantAssignment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an experiment makes of one search.
 *
 * @param experiment its name
 * @param told       what the answer says of it
 * @param options    how the search is ranked; of no meaning where two variants rank it
 * @param diversity  of the variant; null where it does not say
 * @param teams      the two variants, each with its weight, where both rank the search; else none
 */
record VariantPlan(
    String experiment,
    VariantExt told,
    PersonalizeOptions options,
    @Nullable Double diversity,
    List<Variant> teams
) {
    /**
     * Null where the search is in no experiment, or asks for variants that there are not.
     *
     * @param asked the names of the variants that the search itself wants in one list; null where it does not say
     * @param part  null where the tracker has no experiment, or the user no part in it
     */
    @Nullable
    static VariantPlan of(@Nullable List<String> asked, @Nullable VariantAssignment part, PersonalizeOptions pipeline) {
        if (part == null) {
            return null;
        }
        Experiment experiment = part.experiment();
        if (asked == null && experiment.interleave() == false) {
            Variant own = part.variant();
            return new VariantPlan(
                experiment.name(), VariantExt.of(experiment.name(), own.name()), pipeline.under(own), own.diversity(),
                List.of()
            );
        }
        List<String> names = asked == null ? experiment.controlFirst() : asked;
        List<Variant> teams = names.stream()
            .map(experiment::variant)
            .flatMap(Optional::stream)
            .map(team -> weighed(team, pipeline))
            .toList();
        return teams.size() < 2 ? null
            : new VariantPlan(
                experiment.name(), VariantExt.interleaved(experiment.name(), names), pipeline, null, teams
            );
    }

    private static Variant weighed(Variant team, PersonalizeOptions pipeline) {
        double weight = team.weight() == null ? pipeline.weight() : team.weight();
        return new Variant(team.name(), team.share(), weight, team.diversity(), team.strategy());
    }

    static IllegalArgumentException noVariants(String tracker, List<String> asked, @Nullable VariantAssignment part) {
        List<String> there = Stream.ofNullable(part)
            .flatMap(known -> known.experiment().variants().stream())
            .map(Variant::name)
            .toList();
        return new IllegalArgumentException(
            "[interest] [ext.interest.interleave] must name two variants of the experiment of tracker [" + tracker
                + "], which has " + there + ", but was " + asked
        );
    }

    boolean isInterleaved() {
        return teams.isEmpty() == false;
    }
}
