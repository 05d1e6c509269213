package org.opensearch.interest.evaluation;

import org.opensearch.interest.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Content-based interest that tells a user's interests apart: each event joins the nearest topic or founds one, and an item scores by
 * half its likeness to all of the history and half its likeness to the topic nearest to it.
 *
 * <p>Likeness between events and topics is the cosine of centred vectors; the threshold comes from the catalogue. Where a topic too
 * many is founded, the two closest become one.
 */
final class TopicContent implements Part {
    private final Dataset data;
    private final Space space;
    private final Taste taste;
    private final int max;
    private final Content all;

    TopicContent(Dataset data, Space space, Taste taste, int max) {
        this.data = data;
        this.space = space;
        this.taste = taste;
        this.max = max;
        this.all = new Content(data, space, taste);
    }

    private static final class Topic {
        private final float[] sum;
        private double mass;

        private Topic(int dimension) {
            sum = new float[dimension];
        }

        private void add(float[] centred, double counts) {
            Content.addScaled(sum, counts, centred);
            mass += counts;
        }
    }

    @Override
    public void score(Case c, Answers answers, float[] into) {
        all.score(c, answers, into);
        Standard.standardise(into);
        float[] best = new float[into.length];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        List<Topic> topics = topics(c);
        double heaviest = topics.stream().mapToDouble(topic -> topic.mass).max().orElse(0);
        for (Topic topic : topics) {
            if (topic.mass >= 0.05 * heaviest) {
                float[] scores = new float[into.length];
                Content.through(space, taste.shape(), topic.sum, scores);
                Standard.standardise(scores);
                for (int i = 0; i < into.length; i++) {
                    best[i] = Math.max(best[i], scores[i]);
                }
            }
        }
        for (int i = 0; topics.isEmpty() == false && i < into.length; i++) {
            into[i] = (into[i] + best[i]) / 2;
        }
    }

    private List<Topic> topics(Case c) {
        List<Topic> topics = new ArrayList<>();
        for (int n = 0; n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            float[] vector = space.vector(data, event);
            double weight = taste.signals() ? data.weight(event) : data.engaged(event) ? 1 : 0;
            if (vector != null && weight > 0) {
                boolean item = data.item(event) >= 0;
                float[] centred = Vectors.plusScaled(vector, -1, item ? space.moments().itemMean() : space.moments().textMean());
                double counts = weight * taste.longTerm().of(data, c, n);
                join(topics, centred, counts);
            }
        }
        return topics;
    }

    private void join(List<Topic> topics, float[] centred, double counts) {
        Topic nearest = null;
        double highest = space.nearness();
        for (Topic topic : topics) {
            double cosine = Vectors.cosine(topic.sum, centred);
            if (cosine >= highest) {
                highest = cosine;
                nearest = topic;
            }
        }
        if (nearest == null) {
            nearest = new Topic(space.dimension());
            topics.add(nearest);
        }
        nearest.add(centred, counts);
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
                double cosine = Vectors.cosine(topics.get(i).sum, topics.get(j).sum);
                if (cosine > highest) {
                    highest = cosine;
                    a = i;
                    b = j;
                }
            }
        }
        Topic merged = topics.remove(b);
        Content.addScaled(topics.get(a).sum, 1, merged.sum);
        topics.get(a).mass += merged.mass;
    }
}
