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
 * Content-based interest that separates a user's topics: each event joins the nearest topic or starts a new one.
 * {@link PersonalFunction} scores an item by z, its similarity to the whole history, and by zₖ, its similarity to topic
 * k, both in standard deviations of the catalogue, with the weights of the topics.
 *
 * <p>The similarity of an event and a topic is the cosine of centred vectors; the threshold comes from the catalogue.
 * If there are too many topics, the two closest are merged.
 */
final class TopicContentScorer implements Scorer {
    /** Similarities are standardised already, so that a scoring direction must not change them. */
    private static final float[] IDENTITY = { 1f };

    private final Dataset data;
    private final ItemVectorSpace space;
    private final ContentParams params;
    private final int max;
    private final ContentScorer whole;

    TopicContentScorer(Dataset data, ItemVectorSpace space, ContentParams params, int max) {
        this.data = data;
        this.space = space;
        this.params = params;
        this.max = max;
        this.whole = new ContentScorer(data, space, params);
    }

    private static final class Topic {
        /** sum of centred vectors, by which events find their topic */
        private final float[] sum;
        /** sum of untransformed vectors, for the raw transform */
        private final float[] plain;
        private double mass;
        /** norm of {@code sum}, stored because it is compared far more often than it changes */
        private double norm;

        private Topic(int dimension) {
            sum = new float[dimension];
            plain = new float[dimension];
        }

        private void add(float[] centred, float[] vector, double decayed) {
            ContentScorer.addScaled(sum, decayed, centred);
            ContentScorer.addScaled(plain, decayed, vector);
            mass += decayed;
            norm = Vectors.norm(sum);
        }

        private double cosine(float[] other, double otherNorm) {
            return norm > 0 && otherNorm > 0 ? Vectors.dot(sum, other) / (norm * otherNorm) : 0;
        }
    }

    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        whole.score(c, cache, into);
        DerivedScorer.standardise(into);
        List<Topic> topics = topics(c);
        float[] topicWeights = TopicWeights.of(topics.stream().mapToDouble(topic -> topic.mass).toArray());
        List<ScoringDirection> directions = new ArrayList<>();
        float[][] z = new float[topics.size()][into.length];
        for (int k = 0; k < z.length; k++) {
            Topic topic = topics.get(k);
            ContentScorer
                .scoreBy(space, params.shape(), params.shape() == VectorTransform.RAW ? topic.plain : topic.sum, z[k]);
            DerivedScorer.standardise(z[k]);
            directions.add(new ScoringDirection(IDENTITY, 0f, topicWeights[k]));
        }
        PersonalFunction function = new PersonalFunction(new ScoringDirection(IDENTITY, 0f), directions, 1f);
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
            double weight = params.signals() ? data.weight(event) : data.showsInterest(event) ? 1 : 0;
            double decayed = weight > 0 ? weight * params.longTerm().of(data, c, n) : 0;
            if (vector != null && decayed > 0) {
                float[] centred = Vectors.plusScaled(
                    vector, -1, data.search(event) < 0 ? space.moments().itemMean() : space.moments().textMean()
                );
                join(topics, centred, vector, decayed);
            }
        }
        return topics;
    }

    private void join(List<Topic> topics, float[] centred, float[] vector, double decayed) {
        Topic nearest = null;
        double highest = space.similarityThreshold();
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
        nearest.add(centred, vector, decayed);
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
