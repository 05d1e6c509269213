package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.profile.DecayedSum;
import org.opensearch.interest.core.profile.DynamicInterest;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.ranking.NegativeTopic;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.ranking.TopicShare;
import org.opensearch.interest.core.ranking.TopicWeights;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Computes the scoring function of a profile at one moment. Stateless, thread-safe. */
public final class InterestFunctions {
    /**
     * A search's clock stands still for a minute, so that equal searches are equal requests and caches can answer them.
     */
    private static final long TICK = 60_000L;

    /** The share of the largest topic's mass from which on a topic counts in full. */
    private static final double FULL_WEIGHT_FROM = 0.1;
    /** A topic with a smaller weight is left out: it costs one dot product per item and changes nothing visible. */
    private static final double SMALLEST_WEIGHT = 0.05;
    /**
     * Largest penalty of a negative topic, as a share of the item's similarity to it: below 1, so that well-liked items
     * stay above average.
     */
    private static final double MAX_DISLIKE_PENALTY = 0.75;
    /** Largest penalty of skipped impressions, however many. */
    private static final double MAX_SKIP_PENALTY = 0.2;
    /** A weaker negative topic is left out: it costs one dot product per item and changes nothing visible. */
    private static final double SMALLEST_STRENGTH = 0.005;
    /** Weights all words of a label alike: a ranking does not ask the catalogue which of them are rare. */
    private static final ToDoubleFunction<String> EQUAL_WEIGHTS = word -> 1;

    private final GeometrySource geometries;

    public InterestFunctions(GeometrySource geometries) {
        this.geometries = Objects.requireNonNull(geometries, "geometries");
    }

    /** The time a search at {@code now} sees: whole minutes, but never before the profile's last event. */
    public static long searchTime(Profile profile, long now) {
        return Math.max(profile.lastEvent(), now - Math.floorMod(now, TICK));
    }

    /**
     * @param at milliseconds since 1970, not before the last event
     * @return empty where the profile points nowhere
     */
    public Optional<DynamicInterest> dynamic(Tracker tracker, Profile profile, long at) {
        return geometry(tracker, profile).map(geometry -> DynamicInterest.of(profile, geometry, tracker.alpha(), at));
    }

    /**
     * Asked once per search: the node may load another geometry in between, and directions of two geometries do not
     * mix.
     */
    private Optional<Geometry> geometry(Tracker tracker, Profile profile) {
        return profile.dimension() == 0 ? Optional.empty() : Optional.of(geometries.of(tracker, profile.dimension()));
    }

    /**
     * Scoring function of a user, and shares of its topics.
     *
     * @param function how it ranks items
     * @param topics   how much of the user's interest each of the function's topics is, in their order
     */
    public record Personal(PersonalFunction function, List<TopicShare> topics) {}

    /**
     * Scoring function of that user; empty if the profile is empty or the user opted out.
     */
    public Optional<PersonalFunction> function(Tracker tracker, Profile profile, long at) {
        return personal(tracker, profile, at).map(Personal::function);
    }

    /** As {@link #function}, with its topics. */
    public Optional<Personal> personal(Tracker tracker, Profile profile, long at) {
        if (profile.consent().optOut()) {
            return Optional.empty();
        }
        return geometry(tracker, profile).flatMap(geometry -> personal(geometry, tracker, profile, at));
    }

    private static Optional<Personal> personal(Geometry geometry, Tracker tracker, Profile profile, long at) {
        DynamicInterest interest = DynamicInterest.of(profile, geometry, tracker.alpha(), at);
        List<NegativeTopic> negativeTopics = negativeTopics(geometry, profile, at);
        if (interest == null) {
            // who only ever turned things down still does not want them
            ScoringDirection nowhere = new ScoringDirection(new float[geometry.dimension()], 0f);
            return negativeTopics.isEmpty() ? Optional.empty()
                : Optional.of(new Personal(new PersonalFunction(nowhere, List.of(), negativeTopics, 0f), List.of()));
        }
        ScoringDirection dynamic = probe(geometry, interest.direction(), 1, 1);
        List<WeightedTopic> weightedTopics = weightedTopics(geometry, profile, at);
        float[] weights = TopicWeights.of(weightedTopics.stream().mapToDouble(WeightedTopic::mass).toArray());
        List<ScoringDirection> probes = new ArrayList<>();
        for (WeightedTopic topic : weightedTopics) {
            probes.add(probe(geometry, topic.direction(), topic.weight(), weights[probes.size()]));
        }
        double total = weightedTopics.stream().mapToDouble(WeightedTopic::mass).sum();
        List<TopicShare> shares = weightedTopics.stream()
            .map(topic -> new TopicShare(topic.part().label(), topic.mass() / total))
            .toList();
        return Optional.of(
            new Personal(new PersonalFunction(dynamic, probes, negativeTopics, (float) interest.confidence()), shares)
        );
    }

    /**
     * Attributes that user's scores to events; empty if {@link #personal} is.
     *
     * @param events known of the user, each with its evidence; shares of other events are attributed to no event
     */
    public Optional<Attribution> attribution(Tracker tracker, Profile profile, long at, List<Evidence> events) {
        return attribution(tracker, profile, at, events, ItemBoosts.NONE);
    }

    /** The same beside other parts: {@link ItemBoosts#content} counts here, items are told of one by one. */
    public Optional<Attribution> attribution(
        Tracker tracker, Profile profile, long at, List<Evidence> events, ItemBoosts others
    ) {
        if (profile.consent().optOut()) {
            return Optional.empty();
        }
        return geometry(tracker, profile).flatMap(geometry -> personal(geometry, tracker, profile, at).map(personal -> {
            List<Attribution.Component> parts = new ArrayList<>();
            DynamicInterest dynamic = DynamicInterest.of(profile, geometry, tracker.alpha(), at);
            parts.add(new Attribution.Component(Attribution.Kind.DYNAMIC, -1, List.of(), profile.lasting(at)));
            if (dynamic != null) {
                weightedTopics(geometry, profile, at).forEach(topic -> parts.add(topic.part()));
            }
            against(geometry, profile, at).forEach(one -> parts.add(one.part()));
            return new Attribution(
                geometry, profile, at, dynamic == null ? 0 : dynamic.alpha(), personal.function().with(others), parts,
                events
            );
        }));
    }

    /**
     * One per negative topic, as strong as its evidence, and one for all recently skipped impressions.
     */
    private static List<NegativeTopic> negativeTopics(Geometry geometry, Profile profile, long at) {
        return against(geometry, profile, at).stream().map(NegativeSource::negativeTopic).toList();
    }

    /** A negative topic and the component of the profile behind it. */
    private record NegativeSource(NegativeTopic negativeTopic, Attribution.Component part) {}

    private static List<NegativeSource> against(Geometry geometry, Profile profile, long at) {
        List<NegativeSource> all = new ArrayList<>();
        profile.against()
            .list()
            .forEach(topic -> negativeTopic(geometry, topic.sum(), MAX_DISLIKE_PENALTY, at).ifPresent(negativeTopic -> {
                List<String> label = profile.against().label(topic, EQUAL_WEIGHTS);
                all.add(
                    new NegativeSource(
                        negativeTopic,
                        new Attribution.Component(Attribution.Kind.AGAINST, topic.id(), label, topic.sum())
                    )
                );
            }));
        negativeTopic(geometry, profile.skipped(), MAX_SKIP_PENALTY, at).ifPresent(negativeTopic -> {
            all.add(
                new NegativeSource(
                    negativeTopic, new Attribution.Component(Attribution.Kind.SKIPPED, -1, List.of(), profile.skipped())
                )
            );
        });
        return all;
    }

    /**
     * Empty if there are no dislikes, if they cancel out, or if they have decayed below the smallest visible strength.
     */
    private static Optional<NegativeTopic> negativeTopic(Geometry geometry, DecayedSum sum, double most, long at) {
        double strength = most * DynamicInterest.saturation(sum.mass(at));
        float[] direction = strength < SMALLEST_STRENGTH ? null : DynamicInterest.direction(sum, geometry);
        if (direction == null) {
            return Optional.empty();
        }
        double self = Vectors.dot(direction, sum.centred(geometry.itemMean(), geometry.textMean())) / sum.storedMass();
        return self > 0
            ? Optional.of(new NegativeTopic(probe(geometry, direction, 1, 1), (float) self, (float) strength))
            : Optional.empty();
    }

    /**
     * Topics above the smallest visible weight: below a tenth of the largest topic's mass the weight falls linearly;
     * the others are weighted by {@link TopicWeights}. Declared interests count as topics with their own mass.
     */
    private static List<WeightedTopic> weightedTopics(Geometry geometry, Profile profile, long at) {
        List<Attribution.Component> topics = new ArrayList<>();
        profile.topics().list().forEach(topic -> {
            topics.add(
                new Attribution.Component(
                    Attribution.Kind.TOPIC, topic.id(), profile.topics().label(topic, EQUAL_WEIGHTS), topic.sum()
                )
            );
        });
        profile.declared().list().forEach(said -> {
            DecayedSum sum = said.asSum(profile.longTerm().halfLife(), at);
            topics.add(new Attribution.Component(Attribution.Kind.DECLARED, -1, List.of(said.text()), sum));
        });
        double largest = topics.stream().mapToDouble(topic -> topic.sum().mass(at)).max().orElse(0);
        List<float[]> directions = DynamicInterest
            .directions(topics.stream().map(Attribution.Component::sum).toList(), geometry);
        List<WeightedTopic> weightedTopics = new ArrayList<>();
        for (int i = 0; i < directions.size(); i++) {
            Attribution.Component topic = topics.get(i);
            float[] direction = directions.get(i);
            double mass = topic.sum().mass(at);
            double weight = Math.min(1, mass / (FULL_WEIGHT_FROM * largest));
            if (direction != null && weight > SMALLEST_WEIGHT) {
                weightedTopics.add(new WeightedTopic(direction, weight, mass, topic));
            }
        }
        return weightedTopics;
    }

    /** A topic with its direction, weight and mass. */
    private record WeightedTopic(float[] direction, double weight, double mass, Attribution.Component part) {}

    private static ScoringDirection probe(Geometry geometry, float[] direction, double weight, float share) {
        return new ScoringDirection(
            Vectors.scaled(direction, weight), (float) (weight * geometry.bias(direction)), share
        );
    }
}
