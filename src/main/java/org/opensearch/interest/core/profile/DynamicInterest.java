package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The interest vector of a user at one time: the mixture of short-term and long-term interest.
 *
 * <p>The direction is q = α_eff·s + (1 − α_eff)·l: s and l are the directions of short-term and long-term evidence,
 * each of standard deviation 1 over the catalogue. α_eff = α·(1 − 2^(−short-term mass)): without recent evidence the
 * direction is the long-term one. Declared interests count as long-term evidence of this time. Negative evidence is not
 * part of it: negative topics lower the scores of items instead.
 *
 * @param direction  of standard deviation 1 over the catalogue
 * @param alpha      the effective α, in [0,1]
 * @param confidence in [0,1): 1 − 2^(−mass of long-term and declared interest)
 */
public record DynamicInterest(float[] direction, double alpha, double confidence) {
    /**
     * Evidence whose centred sum is shorter than this share of its mass has no direction: its vectors cancel out.
     */
    private static final double NO_DIRECTION = 1e-4;

    /**
     * @param alpha in [0,1]: the weight of short-term interest when there is plenty of recent evidence
     * @param at    milliseconds since 1970, not before the last event
     * @return null if the profile has no direction: it holds no evidence of interest, or its evidence cancels out
     */
    public static DynamicInterest of(Profile profile, Geometry geometry, double alpha, long at) {
        DecayedSum lastingSum = profile.lasting(at);
        List<float[]> both = directions(List.of(profile.shortTerm(), lastingSum), geometry);
        float[] recent = both.get(0);
        float[] lasting = both.get(1);
        double effective = recent == null ? 0 : effectiveAlpha(profile, alpha, at);

        float[] mix = new float[geometry.dimension()];
        mix = recent == null ? mix : Vectors.plusScaled(mix, effective, recent);
        mix = lasting == null ? mix : Vectors.plusScaled(mix, 1 - effective, lasting);
        return Vectors.norm(mix) == 0 ? null
            : new DynamicInterest(geometry.standardised(mix), effective, confidence(profile, at));
    }

    public static double effectiveAlpha(Profile profile, double alpha, long at) {
        return alpha * saturation(profile.shortTerm().mass(at));
    }

    /** Confidence in a user's interest: 0 without evidence, ½ at the mass of one click, and soon near 1. */
    public static double confidence(Profile profile, long at) {
        return saturation(profile.lasting(at).mass(at));
    }

    /**
     * The confidence that a mass of evidence gives: 0 without any, ½ at the mass of one click, and soon near 1.
     */
    public static double saturation(double mass) {
        return 1 - Math.pow(2, -mass);
    }

    /**
     * The direction of a sum of evidence, of standard deviation 1 over the catalogue; null if the sum has no direction.
     */
    public static float[] direction(DecayedSum sum, Geometry geometry) {
        return directions(List.of(sum), geometry).get(0);
    }

    /** The {@link #direction} of each sum, in the given order. One call for all sums is cheaper than one call each. */
    public static List<float[]> directions(List<DecayedSum> sums, Geometry geometry) {
        float[][] directions = new float[sums.size()][];
        List<Integer> places = new ArrayList<>();
        List<float[]> pointing = new ArrayList<>();
        for (int i = 0; i < directions.length; i++) {
            float[] centred = centred(sums.get(i), geometry);
            if (centred != null) {
                places.add(i);
                pointing.add(centred);
            }
        }
        List<float[]> found = geometry.directions(pointing);
        for (int i = 0; i < found.size(); i++) {
            directions[places.get(i)] = found.get(i);
        }
        return Arrays.asList(directions);
    }

    /** The sum minus the means of its evidence; null if it has no direction. */
    private static float[] centred(DecayedSum sum, Geometry geometry) {
        if (sum.isEmpty()) {
            return null;
        }
        float[] centred = sum.centred(geometry.itemMean(), geometry.textMean());
        return Vectors.norm(centred) <= NO_DIRECTION * sum.storedMass() ? null : centred;
    }
}
