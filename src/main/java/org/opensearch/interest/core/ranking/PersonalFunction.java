package org.opensearch.interest.core.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The interest score of items for one user: score = ½ + ½·z/(2 + |z|), with z = confidence · (½ dynamic interest + ½
 * mixture of topics) − penalty, in standard deviations of the catalogue. If other components count, z is multiplied by
 * the weight of content and the item's boost of {@link ItemBoosts} is added. So the less is known of a user, the nearer
 * all scores are to the neutral ½, and the penalty lowers disliked items, whatever raises their score. Without topics,
 * z depends on the dynamic interest alone.
 *
 * <p>The mixture of topics is √(Σ shareₖ · max(0, zₖ)²), with the {@link TopicWeights} of the topics: one matching
 * topic is enough for a high score, an item between two topics gets more than from either alone, and a topic of little
 * mass counts little. Chosen by measurement ({@code src/docs/adr/0022-a-topic-speaks-by-its-share.md}). If no zₖ is
 * above the average, the mixture is the largest zₖ; so the mixture is continuous and never falls when a zₖ rises.
 *
 * <p>The penalty is the largest among the negative topics: penalties of several dislikes do not add up.
 *
 * @param dynamic        the scoring direction of the dynamic interest vector
 * @param topics         one scoring direction per topic, of the same dimension, with its share; may be empty
 * @param negativeTopics the negative topics, of the same dimension; may be empty
 * @param confidence     in [0,1]: 0 makes every item without penalty and boost neutral
 * @param boosts         the weight of content, and the item boosts of the other components
 */
public record PersonalFunction(
    ScoringDirection dynamic,
    List<ScoringDirection> topics,
    List<NegativeTopic> negativeTopics,
    float confidence,
    ItemBoosts boosts
) implements InterestFunction {
    /** The z whose score is half-way between neutral and 1. */
    private static final float HALF_WAY = 2f;
    /** The weight of the topics beside the dynamic interest, if there are any. */
    private static final float TOPICS = 0.5f;

    /** A function without negative topics. */
    public PersonalFunction(ScoringDirection dynamic, List<ScoringDirection> topics, float confidence) {
        this(dynamic, topics, List.of(), confidence);
    }

    /** A function of content alone. */
    public PersonalFunction(
        ScoringDirection dynamic, List<ScoringDirection> topics, List<NegativeTopic> negativeTopics, float confidence
    ) {
        this(dynamic, topics, negativeTopics, confidence, ItemBoosts.NONE);
    }

    public PersonalFunction {
        Objects.requireNonNull(dynamic, "dynamic");
        Objects.requireNonNull(boosts, "boosts");
        topics = List.copyOf(topics);
        negativeTopics = List.copyOf(negativeTopics);
        topics.forEach(topic -> requireDimension("a topic", topic, dynamic));
        negativeTopics.forEach(negativeTopic -> requireDimension("a negative topic", negativeTopic.probe(), dynamic));
        if ((confidence >= 0f && confidence <= 1f) == false) {
            throw new IllegalArgumentException("confidence must be in [0,1], but is [" + confidence + "]");
        }
    }

    private static void requireDimension(String what, ScoringDirection other, ScoringDirection dynamic) {
        if (other.direction().length != dynamic.direction().length) {
            throw new IllegalArgumentException(
                what + " of [" + other.direction().length + "] dimensions beside a dynamic interest of ["
                    + dynamic.direction().length + "]"
            );
        }
    }

    /** The same function with other boosts. */
    public PersonalFunction with(ItemBoosts others) {
        return new PersonalFunction(dynamic, topics, negativeTopics, confidence, others);
    }

    /** The dynamic interest, then the topics in their order, then the negative topics in theirs. */
    @Override
    public List<float[]> directions() {
        List<float[]> directions = new ArrayList<>(1 + topics.size() + negativeTopics.size());
        directions.add(dynamic.direction());
        topics.forEach(topic -> directions.add(topic.direction()));
        negativeTopics.forEach(negativeTopic -> directions.add(negativeTopic.probe().direction()));
        return directions;
    }

    /** All directions but those of negative topics. */
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
     * The contribution of content to an item's z.
     *
     * @param dots as for {@link #score}; null for an item without a vector, whose contribution is 0
     */
    public float content(float[] dots) {
        return dots == null ? 0f : boosts.content() * (confidence * interest(dots) - penalty(dots));
    }

    /**
     * Does the steps of {@link #score}, each for all items before the next: these loops have no branch, so the JIT
     * compiler vectorises them. With eight topics a search of all documents takes a tenth less time.
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

    /**
     * Writes the {@link #mixture} of each item; does nothing without topics. Overwrites the topics' rows of
     * {@code dots}.
     */
    private void mixtures(float[][] dots, int size, float[] into) {
        if (topics.isEmpty()) {
            return;
        }
        Arrays.fill(into, 0, size, 0f);
        // the highest z so far overwrites the topic's own products, which are no longer needed
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
     * The item's z by dynamic interest and topics, before confidence and penalty are applied.
     *
     * @param dots as for {@link #score}
     * @return in standard deviations of the catalogue
     */
    public float interest(float[] dots) {
        float z = dynamic.z(dots[0]);
        return topics.isEmpty() ? z : (1f - TOPICS) * z + TOPICS * mixture(dots);
    }

    /** The penalty for similarity to negative topics, in standard deviations, ≥ 0. */
    public float penalty(float[] dots) {
        float penalty = 0f;
        for (int i = 0; i < negativeTopics.size(); i++) {
            penalty = Math.max(penalty, negativeTopics.get(i).penalty(dots[1 + topics.size() + i]));
        }
        return penalty;
    }

    /** The index into {@link #negativeTopics} of the one with the largest penalty; −1 if none lowers the item. */
    private int strongestNegativeTopic(float[] dots) {
        int strongest = -1;
        float highest = 0f;
        for (int i = 0; i < negativeTopics.size(); i++) {
            float penalty = negativeTopics.get(i).penalty(dots[1 + topics.size() + i]);
            if (penalty > highest) {
                strongest = i;
                highest = penalty;
            }
        }
        return strongest;
    }

    /**
     * √(Σ share · max(0, z)²) over the topics; the highest z if none is above the average.
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
            // no branch: the processor cannot predict which topics are above the average
            float above = Math.max(z, 0f);
            squares += topic.share() * above * above;
        }
        return best > 0 ? (float) Math.sqrt(squares) : best;
    }

    /**
     * The contributions to the score: one per direction, in the order of {@link #directions}, then related, popular and
     * repeat. They add up to the score minus the neutral ½. The mixture m = √(Σ share · z²) is divided into share · z²
     * / m per topic, which add up to m, and the curve that maps z to the score scales all contributions by the same
     * factor.
     *
     * @param dots as for {@link #score}; null for an item without a vector
     * @return one number per direction, negative if it lowers the score, and three more
     */
    public float[] contributions(float[] dots, ItemBoost item) {
        int directions = 1 + topics.size() + negativeTopics.size();
        float[] contributions = Arrays
            .copyOf(dots == null ? new float[directions] : contentContributions(dots), directions + 3);
        contributions[directions] = item.related();
        contributions[directions + 1] = item.popular();
        contributions[directions + 2] = item.repeat();
        double z = 0;
        for (float contribution : contributions) {
            z += contribution;
        }
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] *= (float) (0.5 / (HALF_WAY + Math.abs(z)));
        }
        return contributions;
    }

    /** The contribution of each direction to the item's z. */
    private float[] contentContributions(float[] dots) {
        float[] contributions = new float[dots.length];
        contributions[0] = confidence * (topics.isEmpty() ? 1f : 1f - TOPICS) * dynamic.z(dots[0]);
        float mixture = topics.isEmpty() ? 0f : mixture(dots);
        int best = bestTopic(dots);
        for (int i = 0; i < topics.size(); i++) {
            float ofTopic = mixture > 0 ? Math.max(weightedSquare(i, dots), 0f) / mixture : i == best ? mixture : 0f;
            contributions[i + 1] = confidence * TOPICS * ofTopic;
        }
        int negative = strongestNegativeTopic(dots);
        if (negative >= 0) {
            int row = 1 + topics.size() + negative;
            contributions[row] = -negativeTopics.get(negative).penalty(dots[row]);
        }
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] *= boosts.content();
        }
        return contributions;
    }

    /**
     * Maps z to (−½,½); two standard deviations above the catalogue's average map to ¼. Good matches are 5 to 15
     * standard deviations above it, where a logistic function exceeds the precision of a float and would make them
     * equal.
     */
    private static float squash(float z) {
        return 0.5f * z / (HALF_WAY + Math.abs(z));
    }

    /**
     * The topic that contributes most to the item's score, the first among equals; if none is above the average, the
     * one nearest to it.
     *
     * @param dots as for {@link #score}
     * @return an index into {@link #topics}; −1 if there are no topics
     */
    public int bestTopic(float[] dots) {
        int best = -1;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < topics.size(); i++) {
            float current = weightedSquare(i, dots);
            if (best < 0 || current > highest) {
                best = i;
                highest = current;
            }
        }
        return best;
    }

    /**
     * The value by which topics are compared: the topic's summand under the mixture's root if its z is above the
     * average, otherwise its z.
     */
    private float weightedSquare(int topic, float[] dots) {
        ScoringDirection direction = topics.get(topic);
        float z = direction.z(dots[topic + 1]);
        return z > 0f ? direction.share() * z * z : z;
    }

    /**
     * The item's shares of the user's topics: max(0, z)² of each divided by their sum, whatever the topics' shares of
     * the user's interest. All zero if the item is nearer to no topic than the catalogue's average.
     *
     * @param dots as for {@link #score}
     * @return one share per topic, each in [0,1], adding up to 1 or 0
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
