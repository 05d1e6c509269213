package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.List;

/** What becomes of topics that are too many. */
sealed interface TopicLimit {
    /** Changes the list until there are not too many. */
    void make(List<Topic> topics, CatalogueCentre centre, long shortTerm);

    /**
     * Of interests: the two most alike become one if they are alike enough, else the one with least mass is given up;
     * the long-term interest keeps its evidence.
     */
    record ForInterests(TopicSettings rules) implements TopicLimit {
        @Override
        public void make(List<Topic> topics, CatalogueCentre centre, long shortTerm) {
            while (topics.size() > rules.max()) {
                long at = latest(topics);
                // what no single event would join may still be the best pair: half of the likeness that an event needs
                double alike = rules.similarity() / 2;
                Pair pair = best(
                    topics, centre, (first, second, cosine) -> cosine >= alike ? cosine : Double.NEGATIVE_INFINITY
                );
                if (pair.worth() > Double.NEGATIVE_INFINITY) {
                    join(topics, pair, at, shortTerm);
                } else {
                    topics.remove(weakest(topics, at));
                }
            }
        }
    }

    /**
     * Of what was turned down: the two become one that cost least in Ward's sense (J. H. Ward, "Hierarchical grouping
     * to optimize an objective function", JASA 58, 1963), which weighs unlikeness by mass. So nothing is ever lost: the
     * topics always add up to all evidence against, whatever its order, and a trifle joins what it is nearest to before
     * two strong dislikes join each other.
     */
    record ForAversions() implements TopicLimit {
        @Override
        public void make(List<Topic> topics, CatalogueCentre centre, long shortTerm) {
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

    /** Two places, the first before the second, and how well they go together. */
    record Pair(int first, int second, double worth) {}

    /** How well two topics go together; the larger the better. */
    interface Worth {
        double of(Topic first, Topic second, double cosine);
    }

    private static Pair best(List<Topic> topics, CatalogueCentre centre, Worth worth) {
        List<float[]> seen = topics.stream().map(topic -> centre.seen(topic.sum())).toList();
        Pair best = null;
        for (int i = 0; i < topics.size(); i++) {
            for (int j = i + 1; j < topics.size(); j++) {
                double now = worth.of(topics.get(i), topics.get(j), Vectors.cosine(seen.get(i), seen.get(j)));
                best = best == null || now >= best.worth() ? new Pair(i, j, now) : best;
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
