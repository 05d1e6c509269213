package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Evidence of one sign, told apart online: it joins the topic it is most like, or founds one. This is leader clustering
 * (Hartigan, Clustering Algorithms, 1975, ch. 3) with a bound and decay: an estimate, which depends on the order of
 * events, and is the same for the same order.
 *
 * <p>Where there is one too many, {@link TopicLimit} says what becomes of it. Immutable, thread-safe. Cost of an event:
 * one cosine a topic, and one a pair of topics when there are too many.
 *
 * @param list   by the order of their founding
 * @param nextId the next topic's id
 */
public record Topics(List<Topic> list, int nextId) {
    /** Words in a label. */
    private static final int LABEL = 3;
    /** The cosine from which on a topic is another's continuation. */
    private static final double SAME = 0.9;
    private static final Topics NONE = new Topics(List.of(), 0);

    public Topics {
        list = List.copyOf(list);
    }

    static Topics none() {
        return NONE;
    }

    /** @param evidence of either sign, which is not looked at */
    Topics plus(Evidence evidence, HalfLives halfLives, CatalogueCentre centre, double similarity, TopicLimit room) {
        int nearest = nearest(centre.seen(evidence), centre, similarity);
        List<Topic> topics = new ArrayList<>(list);
        if (nearest >= 0) {
            topics.set(nearest, topics.get(nearest).plus(evidence, halfLives));
            return new Topics(topics, nextId);
        }
        topics.add(Topic.founded(nextId, evidence, halfLives));
        room.make(topics, centre, halfLives.shortTerm());
        return new Topics(topics, nextId + 1);
    }

    /**
     * As if this had not joined the topic that it is most like now, which is where it most likely is. Together they
     * lose just that.
     */
    Topics minus(Evidence evidence, long shortTerm, CatalogueCentre centre) {
        float[] seen = centre.seen(evidence);
        Optional<Topic> nearest = list.stream()
            .max(Comparator.comparingDouble(topic -> Vectors.cosine(seen, centre.seen(topic.sum()))));
        if (nearest.isEmpty()) {
            return this;
        }
        List<Topic> topics = new ArrayList<>(list);
        int place = topics.indexOf(nearest.get());
        Topic rest = nearest.get().minus(evidence, shortTerm);
        if (rest.isLeftOver(nearest.get())) {
            topics.remove(place);
        } else {
            topics.set(place, rest);
        }
        return new Topics(topics, nextId);
    }

    /**
     * Another user's topics among these: each joins the topic it is most like, or stands beside them under a new id.
     */
    Topics plus(Topics others, long shortTerm, CatalogueCentre centre, double similarity, TopicLimit room) {
        Topics joined = this;
        for (Topic other : others.list) {
            List<Topic> topics = new ArrayList<>(joined.list);
            int nearest = joined.nearest(centre.seen(other.sum()), centre, similarity);
            Topic renamed = other.named(joined.nextId);
            if (nearest >= 0) {
                long at = Math.max(other.lastEvent(), topics.get(nearest).lastEvent());
                topics.set(nearest, topics.get(nearest).mergedWith(renamed, at, shortTerm));
            } else {
                topics.add(renamed);
            }
            room.make(topics, centre, shortTerm);
            joined = new Topics(topics, joined.nextId + 1);
        }
        return joined;
    }

    /** The place of the topic that something is most like; −1 where it is like none. */
    private int nearest(float[] seen, CatalogueCentre centre, double similarity) {
        int nearest = -1;
        double likeness = similarity;
        for (int i = 0; i < list.size(); i++) {
            double cosine = Vectors.cosine(seen, centre.seen(list.get(i).sum()));
            if (cosine >= likeness) {
                nearest = i;
                likeness = cosine;
            }
        }
        return nearest;
    }

    /** The same topics under another long-term half-life: each fades faster or slower by the same ratio. */
    Topics fadingBy(double ratio, long from) {
        if (ratio == 1) {
            return this;
        }
        return new Topics(
            list.stream()
                .map(topic -> topic.fadingBy(Math.max(1, Math.round(topic.sum().halfLife() * ratio)), from))
                .toList(),
            nextId
        );
    }

    /** All of their evidence as one sum. */
    DecayedSum sum(long halfLife, long at) {
        DecayedSum sum = DecayedSum.empty(halfLife);
        for (Topic topic : list) {
            sum = sum.plus(topic.sum().fadingBy(halfLife, at));
        }
        return sum;
    }

    public double mass(long at) {
        return list.stream().mapToDouble(topic -> topic.sum().mass(at)).sum();
    }

    /**
     * The same topics under the ids that they had before: each that points where one of those did, the most alike
     * first, is called as that one was. The others are called as none was.
     */
    Topics namedAfter(Topics before, CatalogueCentre centre) {
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

    private static List<float[]> seen(List<Topic> topics, CatalogueCentre centre) {
        boolean comparable = topics.stream().allMatch(topic -> topic.sum().sum().length == centre.itemMean().length);
        return comparable ? topics.stream().map(topic -> centre.seen(topic.sum())).toList() : List.of();
    }

    private record Pair(int now, int then, double cosine) {}

    /**
     * What a topic is called: the words that set it apart from the others here; empty where its evidence had no words.
     *
     * @param rarity by word, ≥ 0: how much a word says in this catalogue
     */
    public List<String> label(Topic topic, ToDoubleFunction<String> rarity) {
        return topic.words()
            .label(list.stream().filter(other -> other.id() != topic.id()).map(Topic::words).toList(), rarity, LABEL);
    }
}
