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
 * Topics of evidence of one sign, clustered online: evidence joins the most similar topic, or starts a new one. This is
 * leader clustering (Hartigan, Clustering Algorithms, 1975, ch. 3) with a bound and decay. The result is an estimate
 * that depends on the order of events, and is the same for the same order.
 *
 * <p>A {@link TopicLimit} reduces them when there are too many. Immutable, thread-safe. Cost of an event: one cosine
 * per topic, and one per pair of topics when there are too many.
 *
 * @param list   in the order in which they were started
 * @param nextId the next topic's id
 */
public record Topics(List<Topic> list, int nextId) {
    /** The most words of a label. */
    private static final int LABEL = 3;
    /** The least cosine at which a rebuilt topic gets the id of an earlier one. */
    private static final double SAME_TOPIC = 0.9;
    private static final Topics NONE = new Topics(List.of(), 0);

    public Topics {
        list = List.copyOf(list);
    }

    static Topics none() {
        return NONE;
    }

    /** @param evidence of either sign; only the absolute weight counts */
    Topics plus(Evidence evidence, HalfLives halfLives, CatalogueCentre centre, double similarity, TopicLimit limit) {
        int nearest = nearest(centre.centred(evidence), centre, similarity);
        List<Topic> topics = new ArrayList<>(list);
        if (nearest >= 0) {
            topics.set(nearest, topics.get(nearest).plus(evidence, halfLives));
            return new Topics(topics, nextId);
        }
        topics.add(Topic.of(nextId, evidence, halfLives));
        limit.apply(topics, centre, halfLives.shortTerm());
        return new Topics(topics, nextId + 1);
    }

    /**
     * Removes evidence from the topic that is most similar to it now, which is most likely the topic that it joined.
     * The sum over all topics loses exactly this evidence.
     */
    Topics minus(Evidence evidence, long shortTerm, CatalogueCentre centre) {
        float[] centred = centre.centred(evidence);
        Optional<Topic> nearest = list.stream()
            .max(Comparator.comparingDouble(topic -> Vectors.cosine(centred, centre.centred(topic.sum()))));
        if (nearest.isEmpty()) {
            return this;
        }
        List<Topic> topics = new ArrayList<>(list);
        int place = topics.indexOf(nearest.get());
        Topic rest = nearest.get().minus(evidence, shortTerm);
        if (rest.isEmptyComparedWith(nearest.get())) {
            topics.remove(place);
        } else {
            topics.set(place, rest);
        }
        return new Topics(topics, nextId);
    }

    /**
     * Adds another user's topics: each is merged into the most similar topic, or added under a new id.
     */
    Topics plus(Topics others, long shortTerm, CatalogueCentre centre, double similarity, TopicLimit limit) {
        Topics joined = this;
        for (Topic other : others.list) {
            List<Topic> topics = new ArrayList<>(joined.list);
            int nearest = joined.nearest(centre.centred(other.sum()), centre, similarity);
            Topic renamed = other.withId(joined.nextId);
            if (nearest >= 0) {
                long at = Math.max(other.lastEvent(), topics.get(nearest).lastEvent());
                topics.set(nearest, topics.get(nearest).mergedWith(renamed, at, shortTerm));
            } else {
                topics.add(renamed);
            }
            limit.apply(topics, centre, shortTerm);
            joined = new Topics(topics, joined.nextId + 1);
        }
        return joined;
    }

    /** The index of the topic that is most similar to a centred vector; −1 if none is similar enough. */
    private int nearest(float[] centred, CatalogueCentre centre, double similarity) {
        int nearest = -1;
        double highest = similarity;
        for (int i = 0; i < list.size(); i++) {
            double cosine = Vectors.cosine(centred, centre.centred(list.get(i).sum()));
            if (cosine >= highest) {
                nearest = i;
                highest = cosine;
            }
        }
        return nearest;
    }

    /** The same topics after a change of the long-term half-life: the half-life of each is multiplied by the ratio. */
    Topics withScaledHalfLives(double ratio, long from) {
        if (ratio == 1) {
            return this;
        }
        return new Topics(
            list.stream()
                .map(topic -> topic.withHalfLife(Math.max(1, Math.round(topic.sum().halfLife() * ratio)), from))
                .toList(),
            nextId
        );
    }

    /** The evidence of all topics as one sum. */
    DecayedSum sum(long halfLife, long at) {
        DecayedSum sum = DecayedSum.empty(halfLife);
        for (Topic topic : list) {
            sum = sum.plus(topic.sum().withHalfLife(halfLife, at));
        }
        return sum;
    }

    public double mass(long at) {
        return list.stream().mapToDouble(topic -> topic.sum().mass(at)).sum();
    }

    /**
     * The same topics with the ids of an earlier state. Pairs of a topic and an earlier topic with a cosine of at least
     * {@value #SAME_TOPIC} are matched, the most similar first, and the topic gets the earlier one's id. All other
     * topics get new ids.
     */
    Topics withIdsOf(Topics before, CatalogueCentre centre) {
        List<float[]> now = centred(list, centre);
        List<float[]> then = centred(before.list, centre);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            for (int j = 0; j < then.size(); j++) {
                double cosine = Vectors.cosine(now.get(i), then.get(j));
                if (cosine >= SAME_TOPIC) {
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
            named.add(list.get(i).withId(ids[i] == null ? next++ : ids[i]));
        }
        return new Topics(named, next);
    }

    /**
     * The topics' sums minus the means; empty if the dimension of the vectors has changed and they cannot be compared.
     */
    private static List<float[]> centred(List<Topic> topics, CatalogueCentre centre) {
        boolean comparable = topics.stream().allMatch(topic -> topic.sum().sum().length == centre.itemMean().length);
        return comparable ? topics.stream().map(topic -> centre.centred(topic.sum())).toList() : List.of();
    }

    private record Pair(int now, int then, double cosine) {}

    /**
     * The label of a topic: the words that distinguish it from the other topics; empty if its evidence had no words.
     *
     * @param rarity by word, ≥ 0: larger for words that are rarer in this catalogue
     */
    public List<String> label(Topic topic, ToDoubleFunction<String> rarity) {
        return topic.words()
            .label(list.stream().filter(other -> other.id() != topic.id()).map(Topic::words).toList(), rarity, LABEL);
    }
}
