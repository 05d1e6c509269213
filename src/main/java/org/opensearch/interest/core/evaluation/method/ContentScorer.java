package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.profile.DynamicInterest;
import org.opensearch.interest.core.vector.Vectors;

/**
 * Content-based interest with all parameters free, with the same mathematics as the profile: decayed sums, centred and
 * transformed by the catalogue's geometry, short and long term mixed by the amount of recent evidence. Works on the
 * scores of all items, while the profile works on directions: the standard deviation of a direction over the catalogue
 * is that of its scores. {@link ProductionScorer} asks the profile itself, which knows neither decay by events nor
 * transforms, and takes four times as long or more per case.
 */
public final class ContentScorer implements Scorer {
    private final Dataset data;
    private final ItemVectorSpace space;
    private final ContentParams params;

    public ContentScorer(Dataset data, ItemVectorSpace space, ContentParams params) {
        this.data = data;
        this.space = space;
        this.params = params;
    }

    /** Decayed sum, centred unless the transform is raw, and its mass. */
    private record EvidenceSum(float[] sum, double mass) {}

    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        EvidenceSum longTerm = evidence(c, params.longTerm(), 1);
        if (params.alpha() == 0 && params.signals() == false) {
            scoreBy(space, params.shape(), longTerm.sum, into);
            return;
        }
        // masses are those at the time of the case; directions do not depend on it
        double age = c.at() - data.lastSeen(c);
        EvidenceSum shortTerm = evidence(c, DecayFunction.time(params.shortTerm()), 1);
        double shortTermMass = shortTerm.mass * Math.pow(2, -age / params.shortTerm());
        double alpha = params.alpha() * DynamicInterest.saturation(shortTermMass);
        add(1 - alpha, longTerm.sum, into);
        add(alpha, shortTerm.sum, into);
        if (params.signals()) {
            EvidenceSum negative = evidence(c, params.longTerm(), -1);
            if (negative.mass > 0) {
                add(-0.5 * negative.mass / (negative.mass + longTerm.mass), negative.sum, into);
            }
        }
    }

    private void add(double factor, float[] sum, float[] into) {
        if (factor != 0) {
            float[] scores = new float[into.length];
            scoreBy(space, params.shape(), sum, scores);
            DerivedScorer.standardise(scores);
            for (int i = 0; i < into.length; i++) {
                into[i] += (float) factor * scores[i];
            }
        }
    }

    private EvidenceSum evidence(Case c, DecayFunction decay, int sign) {
        float[] sum = new float[space.dimension()];
        double items = 0;
        double texts = 0;
        for (int n = 0; n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            float[] vector = space.vector(data, event);
            double weight = params.signals() ? sign * data.weight(event) : data.showsInterest(event) ? 1 : 0;
            if (vector != null && weight > 0) {
                double decayed = weight * decay.of(data, c, n);
                addScaled(sum, decayed, vector);
                items += data.search(event) < 0 ? decayed : 0;
                texts += data.search(event) < 0 ? 0 : decayed;
            }
        }
        if (params.shape() != VectorTransform.RAW) {
            addScaled(sum, -items, space.moments().itemMean());
            addScaled(sum, -texts, space.moments().textMean());
        }
        return new EvidenceSum(sum, items + texts);
    }

    public static void addScaled(float[] sum, double factor, float[] vector) {
        for (int d = 0; d < sum.length; d++) {
            sum[d] += (float) (factor * vector[d]);
        }
    }

    /** Scores all items by evidence, which is centred unless the transform is raw. */
    static void scoreBy(ItemVectorSpace space, VectorTransform shape, float[] evidence, float[] into) {
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
