package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.List;

/** The rule that reduces a list of too many topics. */
sealed interface TopicLimit {
    /** Merges or removes topics of the list until there are few enough. */
    void apply(List<Topic> topics, CatalogueCentre centre, long shortTerm);

    /**
     * The rule for topics of interest. The two most similar topics are merged if they are similar enough; otherwise the
     * topic with the least mass is removed, and its evidence stays in the long-term interest.
     */
    record ForTopics(TopicSettings rules) implements TopicLimit {
        @Override
        public void apply(List<Topic> topics, CatalogueCentre centre, long shortTerm) {
            while (topics.size() > rules.max()) {
                long at = latest(topics);
                // two topics may be less similar than an event must be to join one: half of that similarity is enough
                double enough = rules.similarity() / 2;
                Pair pair = best(
                    topics, centre, (first, second, cosine) -> cosine >= enough ? cosine : Double.NEGATIVE_INFINITY
                );
                if (pair.score() > Double.NEGATIVE_INFINITY) {
                    join(topics, pair, at, shortTerm);
                } else {
                    topics.remove(weakest(topics, at));
                }
            }
        }
    }

    /**
     * The rule for negative topics. The two topics with the lowest merge cost become one, by Ward's criterion, which
     * multiplies dissimilarity by mass (J. H. Ward, "Hierarchical grouping to optimize an objective function", JASA 58,
     * 1963). So no evidence is lost: the topics always add up to all evidence of dislikes, in any order of events, and
     * a topic of small mass is merged into its nearest neighbour before two strong dislikes are merged.
     */
    record ForNegativeTopics() implements TopicLimit {
        @Override
        public void apply(List<Topic> topics, CatalogueCentre centre, long shortTerm) {
            while (topics.size() > TopicSettings.MOST_AGAINST) {
                long at = latest(topics);
                join(topics, best(topics, centre, (first, second, cosine) -> {
                    double a = first.sum().mass(at);
                    double b = second.sum().mass(at);
                    return a + b == 0 ? 0 : -a * b / (a + b) * (1 - cosine);
                }), at, shortTerm);
            }
        }
    }

    /** The indices of two topics, the first less than the second, and the score of merging them. */
    record Pair(int first, int second, double score) {}

    /** The score of merging two topics; the larger the better. */
    interface MergeScore {
        double of(Topic first, Topic second, double cosine);
    }

    private static Pair best(List<Topic> topics, CatalogueCentre centre, MergeScore score) {
        List<float[]> centred = topics.stream().map(topic -> centre.centred(topic.sum())).toList();
        Pair best = null;
        for (int i = 0; i < topics.size(); i++) {
            for (int j = i + 1; j < topics.size(); j++) {
                double cosine = Vectors.cosine(centred.get(i), centred.get(j));
                double current = score.of(topics.get(i), topics.get(j), cosine);
                best = best == null || current >= best.score() ? new Pair(i, j, current) : best;
            }
        }
        return best;
    }

    private static void join(List<Topic> topics, Pair pair, long at, long shortTerm) {
        Topic second = topics.remove(pair.second());
        topics.set(pair.first(), topics.get(pair.first()).mergedWith(second, at, shortTerm));
    }

    private static long latest(List<Topic> topics) {
        return topics.stream().mapToLong(Topic::lastEvent).max().orElseThrow();
    }

    private static int weakest(List<Topic> topics, long at) {
        int weakest = 0;
        for (int i = 1; i < topics.size(); i++) {
            if (topics.get(i).sum().mass(at) < topics.get(weakest).sum().mass(at)) {
                weakest = i;
            }
        }
        return weakest;
    }
}
