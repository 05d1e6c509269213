package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.profile.DynamicInterest;
import org.opensearch.interest.core.vector.Vectors;

/**
 * Content-based interest with every parameter open, the same mathematics as the profile's: decayed sums, centred,
 * through a shape of the catalogue, short and long term mixed by how much recent evidence there is. Works on the scores
 * of all items where the profile works on directions: a direction's standard deviation over the catalogue is that of
 * its scores. {@link ProductionScorer} asks the profile itself, which knows neither fading by events nor shapes, and
 * takes four times as long or more a case.
 */
public final class ContentScorer implements Scorer {
    private final Dataset data;
    private final ItemVectorSpace space;
    private final ContentParams taste;

    public ContentScorer(Dataset data, ItemVectorSpace space, ContentParams taste) {
        this.data = data;
        this.space = space;
        this.taste = taste;
    }

    /** A decayed sum without its mean, and its mass. */
    private record Evidence(float[] sum, double mass) {}

    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        Evidence lasting = evidence(c, taste.longTerm(), 1);
        if (taste.alpha() == 0 && taste.signals() == false) {
            through(space, taste.shape(), lasting.sum, into);
            return;
        }
        // masses count as at the time in question; directions do not care
        double age = c.at() - data.lastSeen(c);
        Evidence recent = evidence(c, DecayFunction.time(taste.shortTerm()), 1);
        double recentMass = recent.mass * Math.pow(2, -age / taste.shortTerm());
        double alpha = taste.alpha() * DynamicInterest.saturation(recentMass);
        add(1 - alpha, lasting.sum, into);
        add(alpha, recent.sum, into);
        if (taste.signals()) {
            Evidence against = evidence(c, taste.longTerm(), -1);
            if (against.mass > 0) {
                add(-0.5 * against.mass / (against.mass + lasting.mass), against.sum, into);
            }
        }
    }

    private void add(double factor, float[] sum, float[] into) {
        if (factor != 0) {
            float[] scores = new float[into.length];
            through(space, taste.shape(), sum, scores);
            DerivedScorer.standardise(scores);
            for (int i = 0; i < into.length; i++) {
                into[i] += (float) factor * scores[i];
            }
        }
    }

    private Evidence evidence(Case c, DecayFunction fading, int sign) {
        float[] sum = new float[space.dimension()];
        double items = 0;
        double texts = 0;
        for (int n = 0; n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            float[] vector = space.vector(data, event);
            double weight = taste.signals() ? sign * data.weight(event) : data.speaks(event) ? 1 : 0;
            if (vector != null && weight > 0) {
                double counts = weight * fading.of(data, c, n);
                addScaled(sum, counts, vector);
                items += data.search(event) < 0 ? counts : 0;
                texts += data.search(event) < 0 ? 0 : counts;
            }
        }
        if (taste.shape() != VectorTransform.RAW) {
            addScaled(sum, -items, space.moments().itemMean());
            addScaled(sum, -texts, space.moments().textMean());
        }
        return new Evidence(sum, items + texts);
    }

    public static void addScaled(float[] sum, double factor, float[] vector) {
        for (int d = 0; d < sum.length; d++) {
            sum[d] += (float) (factor * vector[d]);
        }
    }

    /** Scores all items by evidence, which is centred unless the shape is raw. */
    static void through(ItemVectorSpace space, VectorTransform shape, float[] evidence, float[] into) {
        if (into.length == 0 || Vectors.norm(evidence) == 0) {
            return;
        }
        switch (shape) {
            case RAW, CENTRED -> space.plain().products(evidence, into);
            case WHITENED -> space.whitened().products(evidence, into);
            case SUM -> {
                float[] whitened = new float[into.length];
                space.whitened().products(evidence, whitened);
                space.plain().products(evidence, into);
                DerivedScorer.standardise(whitened);
                DerivedScorer.standardise(into);
                for (int i = 0; i < into.length; i++) {
                    into[i] += whitened[i];
                }
            }
        }
    }
}
