package org.opensearch.interest.core.evaluation.metric;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;

import java.util.Arrays;
import java.util.List;

/**
 * How far a method is from the ratings that users gave. A method ranks and does not rate, so its scores are put on the
 * scale of the ratings first: rating = what the user usually gives + a + b·score, the score in standard deviations over
 * the ranked items, a and b by least squares on <em>other</em> users (two halves, each fitted on the other). What a
 * user usually gives is the mean of their earlier ratings, drawn to everybody's as if by five more.
 */
public final class RatingErrors {
    private static final double USUAL_WEIGHT = 5;

    private final int[] half;
    private final double[] rated;
    private final double[] usual;

    public RatingErrors(EvaluationCases experiment) {
        Dataset data = experiment.data();
        List<Case> cases = experiment.cases();
        half = new int[cases.size()];
        rated = new double[cases.size()];
        usual = new double[cases.size()];
        double everybody = mean(experiment);
        for (int i = 0; i < rated.length; i++) {
            Case c = cases.get(i);
            half[i] = (c.user() * 0x9E3779B1) >>> 31;
            rated[i] = rating(data, c);
            double sum = USUAL_WEIGHT * everybody;
            double count = USUAL_WEIGHT;
            for (int n = 0; n < c.seen(); n++) {
                float rating = data.rating(data.own(c.user(), n));
                if (Float.isNaN(rating) == false) {
                    sum += rating;
                    count++;
                }
            }
            usual[i] = sum / count;
        }
    }

    /** Of what everybody rated before the first question; NaN where nobody did. */
    private static double mean(EvaluationCases experiment) {
        Dataset data = experiment.data();
        int known = experiment.cases().stream().mapToInt(Case::known).min().orElse(0);
        double sum = 0;
        long count = 0;
        for (int e = 0; e < known; e++) {
            if (experiment.held().get(e) == false && Float.isNaN(data.rating(e)) == false) {
                sum += data.rating(e);
                count++;
            }
        }
        return sum / count;
    }

    /** What the user gave the target; NaN where there are several, or none was rated. */
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
     * @param scores by case, the target's, in standard deviations
     * @return rating less prediction by case; NaN where there is no rating
     */
    public double[] of(double[] scores) {
        double[][] line = { fit(scores, 1), fit(scores, 0) };
        double[] errors = new double[scores.length];
        Arrays.setAll(errors, i -> rated[i] - usual[i] - line[half[i]][0] - line[half[i]][1] * scores[i]);
        return errors;
    }

    /** Least squares of what is above the usual, on the users of one half. */
    private double[] fit(double[] scores, int of) {
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < scores.length; i++) {
            double above = rated[i] - usual[i];
            if (half[i] == of && Double.isNaN(above) == false) {
                n++;
                x += scores[i];
                y += above;
                xx += scores[i] * scores[i];
                xy += scores[i] * above;
            }
        }
        double spread = n * xx - x * x;
        double slope = spread > 1e-9 ? (n * xy - x * y) / spread : 0;
        return new double[]{ n == 0 ? 0 : (y - slope * x) / n, slope };
    }
}
