package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.ranking.TopicWeights;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;

/**
 * Content-based interest that tells a user's interests apart: each event joins the nearest topic or founds one, and an
 * item scores as {@link PersonalFunction} has it, by z, its likeness to all of the history, and by zₖ, that to topic k,
 * in standard deviations of the catalogue, with the shares that it takes.
 *
 * <p>Likeness between events and topics is the cosine of centred vectors; the threshold comes from the catalogue. Where
 * a topic too many is founded, the two closest become one.
 */
final class TopicContentScorer implements Scorer {
    /** Likenesses are standardised already: a probe has nothing left to do. */
    private static final float[] AS_IT_IS = { 1f };

    private final Dataset data;
    private final ItemVectorSpace space;
    private final ContentParams taste;
    private final int max;
    private final ContentScorer all;

    TopicContentScorer(Dataset data, ItemVectorSpace space, ContentParams taste, int max) {
        this.data = data;
        this.space = space;
        this.taste = taste;
        this.max = max;
        this.all = new ContentScorer(data, space, taste);
    }

    private static final class Topic {
        /** of centred vectors, by which events find their topic */
        private final float[] sum;
        /** of vectors as they are, where the catalogue's shape does not count */
        private final float[] plain;
        private double mass;
        /** of the sum, since it is compared far more often than it changes */
        private double norm;

        private Topic(int dimension) {
            sum = new float[dimension];
            plain = new float[dimension];
        }

        private void add(float[] centred, float[] vector, double counts) {
            ContentScorer.addScaled(sum, counts, centred);
            ContentScorer.addScaled(plain, counts, vector);
            mass += counts;
            norm = Vectors.norm(sum);
        }

        private double cosine(float[] other, double otherNorm) {
            return norm > 0 && otherNorm > 0 ? Vectors.dot(sum, other) / (norm * otherNorm) : 0;
        }
    }

    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        all.score(c, answers, into);
        DerivedScorer.standardise(into);
        List<Topic> topics = topics(c);
        float[] shares = TopicWeights.of(topics.stream().mapToDouble(topic -> topic.mass).toArray());
        List<ScoringDirection> probes = new ArrayList<>();
        float[][] z = new float[topics.size()][into.length];
        for (int k = 0; k < z.length; k++) {
            Topic topic = topics.get(k);
            ContentScorer
                .through(space, taste.shape(), taste.shape() == VectorTransform.RAW ? topic.plain : topic.sum, z[k]);
            DerivedScorer.standardise(z[k]);
            probes.add(new ScoringDirection(AS_IT_IS, 0f, shares[k]));
        }
        PersonalFunction function = new PersonalFunction(new ScoringDirection(AS_IT_IS, 0f), probes, 1f);
        float[] each = new float[1 + z.length];
        for (int i = 0; i < into.length; i++) {
            each[0] = into[i];
            for (int k = 0; k < z.length; k++) {
                each[k + 1] = z[k][i];
            }
            into[i] = function.interest(each);
        }
    }

    private List<Topic> topics(Case c) {
        List<Topic> topics = new ArrayList<>();
        for (int n = 0; n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            float[] vector = space.vector(data, event);
            double weight = taste.signals() ? data.weight(event) : data.speaks(event) ? 1 : 0;
            double counts = weight > 0 ? weight * taste.longTerm().of(data, c, n) : 0;
            if (vector != null && counts > 0) {
                float[] centred = Vectors.plusScaled(
                    vector, -1, data.search(event) < 0 ? space.moments().itemMean() : space.moments().textMean()
                );
                join(topics, centred, vector, counts);
            }
        }
        return topics;
    }

    private void join(List<Topic> topics, float[] centred, float[] vector, double counts) {
        Topic nearest = null;
        double highest = space.nearness();
        double norm = Vectors.norm(centred);
        for (Topic topic : topics) {
            double cosine = topic.cosine(centred, norm);
            if (cosine >= highest) {
                highest = cosine;
                nearest = topic;
            }
        }
        if (nearest == null) {
            nearest = new Topic(space.dimension());
            topics.add(nearest);
        }
        nearest.add(centred, vector, counts);
        if (topics.size() > max) {
            mergeClosest(topics);
        }
    }

    private static void mergeClosest(List<Topic> topics) {
        int a = 0;
        int b = 1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < topics.size(); i++) {
            for (int j = i + 1; j < topics.size(); j++) {
                double cosine = topics.get(i).cosine(topics.get(j).sum, topics.get(j).norm);
                if (cosine > highest) {
                    highest = cosine;
                    a = i;
                    b = j;
                }
            }
        }
        Topic merged = topics.remove(b);
        Topic kept = topics.get(a);
        ContentScorer.addScaled(kept.sum, 1, merged.sum);
        ContentScorer.addScaled(kept.plain, 1, merged.plain);
        kept.mass += merged.mass;
        kept.norm = Vectors.norm(kept.sum);
    }
}
