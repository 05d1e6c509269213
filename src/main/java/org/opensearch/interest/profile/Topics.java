package org.opensearch.interest.profile;

import org.opensearch.interest.vector.Vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A user's interests, told apart online: evidence joins the topic it is most like, or founds one. Where there are too many, the
 * two most alike become one if they are alike enough, else the one with least mass is given up; the long-term interest keeps its
 * evidence. This is leader clustering (Hartigan, Clustering Algorithms, 1975, ch. 3) with a bound and decay: an estimate, which
 * depends on the order of events, and is the same for the same order.
 *
 * <p>Immutable, thread-safe. Cost of an event: one cosine a topic, and one a pair of topics when there are too many.
 *
 * @param list   by the order of their founding
 * @param nextId the next topic's id
 */
public record Topics(List<Topic> list, int nextId) {
    /** The cosine from which on a topic is another's continuation. */
    private static final double SAME = 0.9;
    private static final Topics NONE = new Topics(List.of(), 0);

    public Topics {
        list = List.copyOf(list);
    }

    static Topics none() {
        return NONE;
    }

    /** @param evidence of positive weight */
    Topics plus(Evidence evidence, long halfLife, Centre centre, TopicRules rules) {
        int nearest = nearest(centre.seen(evidence), centre, rules);
        List<Topic> topics = new ArrayList<>(list);
        if (nearest >= 0) {
            topics.set(nearest, topics.get(nearest).plus(evidence));
            return new Topics(topics, nextId);
        }
        topics.add(Topic.founded(nextId, evidence, halfLife));
        while (topics.size() > rules.max()) {
            makeRoom(topics, centre, rules);
        }
        return new Topics(topics, nextId + 1);
    }

    /** As if this had not joined the topic that it is most like now, which is where it most likely is. */
    Topics minus(Evidence evidence, Centre centre) {
        float[] seen = centre.seen(evidence);
        Optional<Topic> nearest = list.stream().max(Comparator.comparingDouble(topic -> Vectors.cosine(seen, centre.seen(topic.sum()))));
        if (nearest.isEmpty()) {
            return this;
        }
        List<Topic> topics = new ArrayList<>(list);
        int place = topics.indexOf(nearest.get());
        if (nearest.get().events() > 1) {
            topics.set(place, nearest.get().minus(evidence));
        } else {
            topics.remove(place);
        }
        return new Topics(topics, nextId);
    }

    /** Another user's topics among these: each joins the topic it is most like, or stands beside them under a new id. */
    Topics plus(Topics others, Centre centre, TopicRules rules) {
        Topics joined = this;
        for (Topic other : others.list) {
            List<Topic> topics = new ArrayList<>(joined.list);
            int nearest = joined.nearest(centre.seen(other.sum()), centre, rules);
            Topic renamed = other.named(joined.nextId);
            if (nearest >= 0) {
                long at = Math.max(other.lastEvent(), topics.get(nearest).lastEvent());
                topics.set(nearest, topics.get(nearest).mergedWith(renamed, at));
            } else {
                topics.add(renamed);
            }
            while (topics.size() > rules.max()) {
                makeRoom(topics, centre, rules);
            }
            joined = new Topics(topics, joined.nextId + 1);
        }
        return joined;
    }

    /** The place of the topic that something is most like; −1 where it is like none. */
    private int nearest(float[] seen, Centre centre, TopicRules rules) {
        int nearest = -1;
        double likeness = rules.similarity();
        for (int i = 0; i < list.size(); i++) {
            double cosine = Vectors.cosine(seen, centre.seen(list.get(i).sum()));
            if (cosine >= likeness) {
                nearest = i;
                likeness = cosine;
            }
        }
        return nearest;
    }

    private static void makeRoom(List<Topic> topics, Centre centre, TopicRules rules) {
        long at = topics.stream().mapToLong(Topic::lastEvent).max().orElseThrow();
        // what no single event would join may still be the best pair: half of the likeness that an event needs
        double likeness = rules.similarity() / 2;
        int first = -1;
        int second = -1;
        List<float[]> seen = topics.stream().map(topic -> centre.seen(topic.sum())).toList();
        for (int i = 0; i < topics.size(); i++) {
            for (int j = i + 1; j < topics.size(); j++) {
                double cosine = Vectors.cosine(seen.get(i), seen.get(j));
                if (cosine >= likeness) {
                    first = i;
                    second = j;
                    likeness = cosine;
                }
            }
        }
        if (first >= 0) {
            topics.set(first, topics.get(first).mergedWith(topics.remove(second), at));
        } else {
            topics.remove(weakest(topics, at));
        }
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

    /**
     * The same topics under the ids that they had before: each that points where one of those did, the most alike first, is called as
     * that one was. The others are called as none was.
     */
    Topics namedAfter(Topics before, Centre centre) {
        // where vectors have become longer or shorter, nothing can be compared
        List<float[]> now = seen(list, centre);
        List<float[]> then = seen(before.list, centre);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            for (int j = 0; j < then.size(); j++) {
                double cosine = Vectors.cosine(now.get(i), then.get(j));
                if (cosine >= SAME) {
                    pairs.add(new Pair(i, j, cosine));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::cosine).reversed());
        Integer[] ids = new Integer[list.size()];
        Set<Integer> taken = new HashSet<>();
        for (Pair pair : pairs) {
            int id = before.list.get(pair.then()).id();
            if (ids[pair.now()] == null && taken.add(id)) {
                ids[pair.now()] = id;
            }
        }
        int next = before.nextId;
        List<Topic> named = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            named.add(list.get(i).named(ids[i] == null ? next++ : ids[i]));
        }
        return new Topics(named, next);
    }

    private static List<float[]> seen(List<Topic> topics, Centre centre) {
        boolean comparable = topics.stream().allMatch(topic -> topic.sum().sum().length == centre.itemMean().length);
        return comparable ? topics.stream().map(topic -> centre.seen(topic.sum())).toList() : List.of();
    }

    private record Pair(int now, int then, double cosine) {}

    Topics fadingBy(long halfLife, long from) {
        return new Topics(list.stream().map(topic -> topic.fadingBy(halfLife, from)).toList(), nextId);
    }

    /** What a topic is called: the words that set it apart from the user's other topics; empty where its evidence had no words. */
    public List<String> label(Topic topic) {
        return topic.words().label(list.stream().filter(other -> other.id() != topic.id()).map(Topic::words).toList(), 3);
    }
}
