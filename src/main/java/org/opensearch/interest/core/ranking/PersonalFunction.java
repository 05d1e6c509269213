package org.opensearch.interest.core.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Ranks by what one user is interested in: score = ½ + ½·z/(2 + |z|), with z = confidence · (½ dynamic interest + ½
 * mixture of topics) − penalty, in standard deviations of the catalogue. Where more than content counts, that is
 * weighed, and what {@link ItemBoosts} say of the item is added to it. So the less is known of a user, the nearer all
 * items lie to the neutral ½, and what the user turned down falls by the penalty whatever else speaks for it. Without
 * topics the dynamic interest speaks alone.
 *
 * <p>The mixture of topics is √(Σ shareₖ · max(0, zₖ)²), with the {@link TopicWeights} of the topics: an item needs no
 * more than one interest to speak for it, one that lies between two gets more than either would give it, and a passing
 * interest speaks softly. Chosen by measurement ({@code src/docs/adr/0022-a-topic-speaks-by-its-share.md}). Where no
 * topic is above the average the mixture is the zₖ nearest to it; so it is continuous and falls with none of the zₖ.
 *
 * <p>The penalty is that of the one aversion that costs the item most: things turned down do not add up against a
 * third.
 *
 * @param dynamic        the dynamic interest vector's probe
 * @param topics         one probe a topic, of the same dimension, with its share; may be empty
 * @param negativeTopics what the user turned down, of the same dimension; may be empty
 * @param confidence     in [0,1]: 0 leaves every item neutral that nothing speaks against
 * @param boosts         how much content counts, and what speaks for items besides it
 */
public record PersonalFunction(
    ScoringDirection dynamic,
    List<ScoringDirection> topics,
    List<NegativeTopic> negativeTopics,
    float confidence,
    ItemBoosts boosts
) implements InterestFunction {
    private static final float HALF_WAY = 2f;
    /** How much the topics say beside the dynamic interest, where there are any. */
    private static final float TOPICS = 0.5f;

    /** Of a user who turned nothing down. */
    public PersonalFunction(ScoringDirection dynamic, List<ScoringDirection> topics, float confidence) {
        this(dynamic, topics, List.of(), confidence);
    }

    /** By content alone. */
    public PersonalFunction(
        ScoringDirection dynamic, List<ScoringDirection> topics, List<NegativeTopic> negativeTopics, float confidence
    ) {
        this(dynamic, topics, negativeTopics, confidence, ItemBoosts.NONE);
    }

    public PersonalFunction {
        Objects.requireNonNull(dynamic, "dynamic");
        Objects.requireNonNull(boosts, "parts");
        topics = List.copyOf(topics);
        negativeTopics = List.copyOf(negativeTopics);
        topics.forEach(topic -> requireDimension("a topic", topic, dynamic));
        negativeTopics.forEach(negativeTopic -> requireDimension("an aversion", negativeTopic.probe(), dynamic));
        if ((confidence >= 0f && confidence <= 1f) == false) {
            throw new IllegalArgumentException("confidence must be in [0,1], but is [" + confidence + "]");
        }
    }

    private static void requireDimension(String what, ScoringDirection probe, ScoringDirection dynamic) {
        if (probe.direction().length != dynamic.direction().length) {
            throw new IllegalArgumentException(
                what + " of [" + probe.direction().length + "] dimensions beside a dynamic interest of ["
                    + dynamic.direction().length + "]"
            );
        }
    }

    /** The same interest beside other parts. */
    public PersonalFunction with(ItemBoosts others) {
        return new PersonalFunction(dynamic, topics, negativeTopics, confidence, others);
    }

    /** The dynamic interest, the topics in their order, and last the aversions in theirs. */
    @Override
    public List<float[]> directions() {
        List<float[]> directions = new ArrayList<>(1 + topics.size() + negativeTopics.size());
        directions.add(dynamic.direction());
        topics.forEach(topic -> directions.add(topic.direction()));
        negativeTopics.forEach(negativeTopic -> directions.add(negativeTopic.probe().direction()));
        return directions;
    }

    /** What items are sought by: all directions but those they are avoided by. */
    @Override
    public List<float[]> probed() {
        return directions().subList(0, 1 + topics.size());
    }

    @Override
    public float score(float[] dots) {
        return score(dots, 0f);
    }

    @Override
    public float score(float[] dots, float adds) {
        return NEUTRAL + squash(content(dots) + adds);
    }

    /**
     * What content adds to an item's z.
     *
     * @param dots as for {@link #score}; null for an item without a vector, of which content says nothing
     */
    public float content(float[] dots) {
        return dots == null ? 0f : boosts.content() * (confidence * interest(dots) - penalty(dots));
    }

    /**
     * The same steps as {@link #score}, each for all items before the next: loops without a branch, which the JIT
     * compiler vectorises. With eight topics that takes a tenth off a search of all documents.
     */
    @Override
    public void scores(float[][] dots, float[] adds, int size, float[] into) {
        mixtures(dots, size, into);
        float[] z = dots[0];
        for (int n = 0; n < size; n++) {
            float own = dynamic.z(z[n]);
            z[n] = topics.isEmpty() ? own : (1f - TOPICS) * own + TOPICS * into[n];
        }
        Arrays.fill(into, 0, size, 0f);
        for (int i = 0; i < negativeTopics.size(); i++) {
            NegativeTopic negativeTopic = negativeTopics.get(i);
            float[] against = dots[1 + topics.size() + i];
            for (int n = 0; n < size; n++) {
                into[n] = Math.max(into[n], negativeTopic.penalty(against[n]));
            }
        }
        for (int n = 0; n < size; n++) {
            into[n] = NEUTRAL + squash(boosts.content() * (confidence * z[n] - into[n]) + adds[n]);
        }
    }

    /** The {@link #mixture} of each item; nothing where there are no topics. */
    private void mixtures(float[][] dots, int size, float[] into) {
        if (topics.isEmpty()) {
            return;
        }
        Arrays.fill(into, 0, size, 0f);
        // the highest z so far lies where the topic's own products were, each of which is needed no more
        float[] best = dots[1];
        for (int i = 0; i < topics.size(); i++) {
            float bias = topics.get(i).bias();
            float share = topics.get(i).share();
            float[] z = dots[i + 1];
            for (int n = 0; n < size; n++) {
                z[n] -= bias;
                float above = Math.max(z[n], 0f);
                into[n] += share * above * above;
            }
            for (int n = 0; n < size; n++) {
                z[n] = Math.max(z[n], best[n]);
            }
            best = z;
        }
        for (int n = 0; n < size; n++) {
            into[n] = best[n] > 0 ? (float) Math.sqrt(into[n]) : best[n];
        }
    }

    /**
     * What speaks for the item before it is asked how much is known of the user and what was turned down: dynamic
     * interest and topics.
     *
     * @param dots as for {@link #score}
     * @return in standard deviations of the catalogue
     */
    public float interest(float[] dots) {
        float z = dynamic.z(dots[0]);
        return topics.isEmpty() ? z : (1f - TOPICS) * z + TOPICS * mixture(dots);
    }

    /** By how much the item falls for being like what the user turned down, in standard deviations, ≥ 0. */
    public float penalty(float[] dots) {
        float penalty = 0f;
        for (int i = 0; i < negativeTopics.size(); i++) {
            penalty = Math.max(penalty, negativeTopics.get(i).penalty(dots[1 + topics.size() + i]));
        }
        return penalty;
    }

    /** The one that decides: an index into {@link #negativeTopics}; −1 where none lowers the item. */
    private int nearestAversion(float[] dots) {
        int nearest = -1;
        float highest = 0f;
        for (int i = 0; i < negativeTopics.size(); i++) {
            float penalty = negativeTopics.get(i).penalty(dots[1 + topics.size() + i]);
            if (penalty > highest) {
                nearest = i;
                highest = penalty;
            }
        }
        return nearest;
    }

    /**
     * √(Σ share · max(0, z)²) over the topics; the highest z where none is above the average.
     *
     * @param dots as for {@link #score}, and at least one topic
     */
    public float mixture(float[] dots) {
        float best = Float.NEGATIVE_INFINITY;
        float squares = 0;
        for (int i = 0; i < topics.size(); i++) {
            ScoringDirection topic = topics.get(i);
            float z = topic.z(dots[i + 1]);
            best = Math.max(best, z);
            // no branch: which topics are above the average nobody can foresee, a processor least of all
            float above = Math.max(z, 0f);
            squares += topic.share() * above * above;
        }
        return best > 0 ? (float) Math.sqrt(squares) : best;
    }

    /**
     * What each part adds to the score, in the order of {@link #directions}, and then what is related, popular and
     * repeated: together they are the score without the neutral ½. The mixture m = √(Σ share · z²) is divided into
     * share · z² / m, which adds up to it, and the curve's flattening takes as much of each part.
     *
     * @param dots as for {@link #score}; null for an item without a vector
     * @return one number a direction, negative for what speaks against the item, and three more
     */
    public float[] contributions(float[] dots, ItemBoost item) {
        int directions = 1 + topics.size() + negativeTopics.size();
        float[] adds = Arrays.copyOf(dots == null ? new float[directions] : contents(dots), directions + 3);
        adds[directions] = item.related();
        adds[directions + 1] = item.popular();
        adds[directions + 2] = item.repeat();
        double z = 0;
        for (float part : adds) {
            z += part;
        }
        for (int i = 0; i < adds.length; i++) {
            adds[i] *= (float) (0.5 / (HALF_WAY + Math.abs(z)));
        }
        return adds;
    }

    /** What each direction adds to the item's z. */
    private float[] contents(float[] dots) {
        float[] contributions = new float[dots.length];
        contributions[0] = confidence * (topics.isEmpty() ? 1f : 1f - TOPICS) * dynamic.z(dots[0]);
        float mixture = topics.isEmpty() ? 0f : mixture(dots);
        int best = bestTopic(dots);
        for (int i = 0; i < topics.size(); i++) {
            float part = mixture > 0 ? Math.max(says(i, dots), 0f) / mixture : i == best ? mixture : 0f;
            contributions[i + 1] = confidence * TOPICS * part;
        }
        int against = nearestAversion(dots);
        if (against >= 0) {
            int part = 1 + topics.size() + against;
            contributions[part] = -negativeTopics.get(against).penalty(dots[part]);
        }
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] *= this.boosts.content();
        }
        return contributions;
    }

    /**
     * Into (−½,½): an item two standard deviations above the catalogue's average gets half of the way. Good matches lie
     * at 5 to 15 standard deviations, where a logistic function has run out of float's digits: it would tie them.
     */
    private static float squash(float z) {
        return 0.5f * z / (HALF_WAY + Math.abs(z));
    }

    /**
     * Which topic speaks for the item: the one that adds most to it, the first of equals; where none is above the
     * average, the nearest to it.
     *
     * @param dots as for {@link #score}
     * @return an index into {@link #topics}; −1 where there are none
     */
    public int bestTopic(float[] dots) {
        int best = -1;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < topics.size(); i++) {
            float says = says(i, dots);
            if (best < 0 || says > highest) {
                best = i;
                highest = says;
            }
        }
        return best;
    }

    /**
     * What makes a topic heard: its part under the mixture's root where it is above the average, else how far below it
     * is.
     */
    private float says(int topic, float[] dots) {
        ScoringDirection probe = topics.get(topic);
        float z = probe.z(dots[topic + 1]);
        return z > 0f ? probe.share() * z * z : z;
    }

    /**
     * What the item is about, among the user's topics: z² over the sum of them, however much of the user's interest
     * each topic is. All zero where the item is nearer to none of them than the catalogue's average is.
     *
     * @param dots as for {@link #score}
     * @return one share a topic, each in [0,1], adding up to 1 or 0
     */
    public double[] about(float[] dots) {
        double[] shares = new double[topics.size()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            double z = Math.max(0, topics.get(i).z(dots[i + 1]));
            shares[i] = z * z;
            sum += shares[i];
        }
        for (int i = 0; i < shares.length && sum > 0; i++) {
            shares[i] /= sum;
        }
        return shares;
    }
}
