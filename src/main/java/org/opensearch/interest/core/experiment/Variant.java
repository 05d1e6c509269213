package org.opensearch.interest.core.experiment;

import java.util.Objects;

/**
 * One way of ranking that an experiment tries. What is null is as everywhere else.
 *
 * @param name      unique in its experiment
 * @param share     of the users, in (0,1]
 * @param weight    of interest, in [0,1]; null for the search pipeline's
 * @param diversity of a page, in [0,1]; null for the search pipeline's
 * @param strategy  how candidates are found; null for the search pipeline's
 */
public record Variant(String name, double share, Double weight, Double diversity, String strategy) {
    public Variant {
        Objects.requireNonNull(name, "name");
        if ((share > 0 && share <= 1) == false) {
            throw new IllegalArgumentException(
                "the share of variant [" + name + "] must be in (0,1], but was [" + share + "]"
            );
        }
        requireShare(name, "weight", weight);
        requireShare(name, "diversity", diversity);
    }

    private static void requireShare(String variant, String what, Double value) {
        if (value != null && (value >= 0 && value <= 1) == false) {
            throw new IllegalArgumentException(
                "the " + what + " of variant [" + variant + "] must be in [0,1], but was [" + value + "]"
            );
        }
    }
}
