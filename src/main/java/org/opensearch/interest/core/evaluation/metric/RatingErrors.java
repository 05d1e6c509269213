package org.opensearch.interest.core.evaluation.metric;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;

import java.util.Arrays;
import java.util.List;

/**
 * Errors of the ratings that a method predicts. A method ranks and gives no ratings, so its scores are first mapped to
 * the scale of the ratings: rating = the user's mean + a + b·score. The score is in standard deviations over the ranked
 * items; a and b are fitted by least squares on <em>other</em> users (two halves, each fitted on the other). The user's
 * mean is that of their earlier ratings, shrunk towards the mean of all users as if by five more ratings.
 */
public final class RatingErrors {
    private static final double PRIOR_RATINGS = 5;

    private final int[] half;
    private final double[] rated;
    private final double[] userMean;

    public RatingErrors(EvaluationCases evaluationCases) {
        Dataset data = evaluationCases.data();
        List<Case> cases = evaluationCases.cases();
        half = new int[cases.size()];
        rated = new double[cases.size()];
        userMean = new double[cases.size()];
        double overallMean = mean(evaluationCases);
        for (int i = 0; i < rated.length; i++) {
            Case c = cases.get(i);
            half[i] = (c.user() * 0x9E3779B1) >>> 31;
            rated[i] = rating(data, c);
            double sum = PRIOR_RATINGS * overallMean;
            double count = PRIOR_RATINGS;
            for (int n = 0; n < c.seen(); n++) {
                float rating = data.rating(data.own(c.user(), n));
                if (Float.isNaN(rating) == false) {
                    sum += rating;
                    count++;
                }
            }
            userMean[i] = sum / count;
        }
    }

    /** Mean of all known ratings before the first case; NaN if there are none. */
    private static double mean(EvaluationCases evaluationCases) {
        Dataset data = evaluationCases.data();
        int known = evaluationCases.cases().stream().mapToInt(Case::known).min().orElse(0);
        double sum = 0;
        long count = 0;
        for (int e = 0; e < known; e++) {
            if (evaluationCases.held().get(e) == false && Float.isNaN(data.rating(e)) == false) {
                sum += data.rating(e);
                count++;
            }
        }
        return sum / count;
    }

    /** Returns the user's rating of the target; NaN if there are several targets or the target was not rated. */
    private static double rating(Dataset data, Case c) {
        for (int n = c.seen(); c.targets().length == 1 && n < data.count(c.user()); n++) {
            int event = data.own(c.user(), n);
            if (data.time(event) > c.at()) {
                break;
            }
            if (data.item(event) == c.targets()[0]) {
                return data.rating(event);
            }
        }
        return Double.NaN;
    }

    public boolean any() {
        return Arrays.stream(rated).anyMatch(rating -> Double.isNaN(rating) == false);
    }

    /**
     * @param scores by case, the score of the target in standard deviations
     * @return rating minus prediction by case; NaN if there is no rating
     */
    public double[] of(double[] scores) {
        double[][] line = { fit(scores, 1), fit(scores, 0) };
        double[] errors = new double[scores.length];
        Arrays.setAll(errors, i -> rated[i] - userMean[i] - line[half[i]][0] - line[half[i]][1] * scores[i]);
        return errors;
    }

    /** Fits the deviation from the user's mean by least squares, on the users of one half. */
    private double[] fit(double[] scores, int of) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < scores.length; i++) {
            double deviation = rated[i] - userMean[i];
            if (half[i] == of && Double.isNaN(deviation) == false) {
                n++;
                x += scores[i];
                y += deviation;
                xx += scores[i] * scores[i];
                xy += scores[i] * deviation;
            }
        }
        double spread = n * xx - x * x;
        double slope = spread > 1e-9 ? (n * xy - x * y) / spread : 0;
        return new double[]{ n == 0 ? 0 : (y - slope * x) / n, slope };
    }
}
