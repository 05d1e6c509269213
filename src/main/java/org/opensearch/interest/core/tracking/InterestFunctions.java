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

/** What a profile means for a search at one moment. Stateless. */
public final class InterestFunctions {
    /**
     * A search's clock stands still for a minute, so that equal searches are equal requests and caches can answer them.
     */
    private static final long TICK = 60_000L;

    /** The share of the largest topic's mass from which on a topic counts in full. */
    private static final double COMPARABLE = 0.1;
    /** Below this voice a topic costs a dot product an item and changes nothing that can be seen. */
    private static final double SILENT = 0.05;
    /**
     * How much of an item's likeness to what was turned down may speak against it: less than all, so that what is well
     * liked stays above average.
     */
    private static final double AGAINST = 0.75;
    /** The same for what was only passed over, however often. */
    private static final double SKIPPED = 0.2;
    /** Below this strength an aversion costs a dot product an item and changes nothing that can be seen. */
    private static final double UNSEEN = 0.005;
    /** A ranking's labels are told without asking the catalogue which of their words are rare. */
    private static final ToDoubleFunction<String> EVEN = word -> 1;

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

    /** Asked once a search: between two questions a node may have loaded another, and their directions do not mix. */
    private Optional<Geometry> geometry(Tracker tracker, Profile profile) {
        return profile.dimension() == 0 ? Optional.empty() : Optional.of(geometries.of(tracker, profile.dimension()));
    }

    /**
     * What a search needs to know of a user.
     *
     * @param function how it ranks items
     * @param topics   how much of the user's interest each of the function's topics is, in their order
     */
    public record Personal(PersonalFunction function, List<TopicShare> topics) {}

    /**
     * How a search of that user ranks items; empty where the profile says nothing, or the user does not want it used.
     */
    public Optional<PersonalFunction> function(Tracker tracker, Profile profile, long at) {
        return personal(tracker, profile, at).map(Personal::function);
    }

    /** As {@link #function}, and what its topics are. */
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
        List<Voice> voices = voices(geometry, profile, at);
        float[] heard = TopicWeights.of(voices.stream().mapToDouble(Voice::mass).toArray());
        List<ScoringDirection> probes = new ArrayList<>();
        for (Voice voice : voices) {
            probes.add(probe(geometry, voice.direction(), voice.loudness(), heard[probes.size()]));
        }
        double total = voices.stream().mapToDouble(Voice::mass).sum();
        List<TopicShare> shares = voices.stream()
            .map(voice -> new TopicShare(voice.part().label(), voice.mass() / total))
            .toList();
        return Optional.of(
            new Personal(new PersonalFunction(dynamic, probes, negativeTopics, (float) interest.confidence()), shares)
        );
    }

    /**
     * What is behind that user's scores, event by event; empty where {@link #personal} is.
     *
     * @param events known of the user, each with its evidence; those that are not given are nobody's part
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
                voices(geometry, profile, at).forEach(voice -> parts.add(voice.part()));
            }
            against(geometry, profile, at).forEach(one -> parts.add(one.part()));
            return new Attribution(
                geometry, profile, at, dynamic == null ? 0 : dynamic.alpha(), personal.function().with(others), parts,
                events
            );
        }));
    }

    /**
     * One a thing that was turned down, each as strong as the evidence for it, and one for all that was passed over
     * lately.
     */
    private static List<NegativeTopic> negativeTopics(Geometry geometry, Profile profile, long at) {
        return against(geometry, profile, at).stream().map(Against::negativeTopic).toList();
    }

    /** An aversion, and what it stands on. */
    private record Against(NegativeTopic negativeTopic, Attribution.Component part) {}

    private static List<Against> against(Geometry geometry, Profile profile, long at) {
        List<Against> all = new ArrayList<>();
        profile.against()
            .list()
            .forEach(topic -> negativeTopic(geometry, topic.sum(), AGAINST, at).ifPresent(negativeTopic -> {
                List<String> label = profile.against().label(topic, EVEN);
                all.add(
                    new Against(
                        negativeTopic,
                        new Attribution.Component(Attribution.Kind.AGAINST, topic.id(), label, topic.sum())
                    )
                );
            }));
        negativeTopic(geometry, profile.skipped(), SKIPPED, at).ifPresent(negativeTopic -> {
            all.add(
                new Against(
                    negativeTopic, new Attribution.Component(Attribution.Kind.SKIPPED, -1, List.of(), profile.skipped())
                )
            );
        });
        return all;
    }

    /** Empty where nothing was turned down, where it cancels out, and where it has faded to what nobody would see. */
    private static Optional<NegativeTopic> negativeTopic(Geometry geometry, DecayedSum sum, double most, long at) {
        double strength = most * DynamicInterest.saturation(sum.mass(at));
        float[] direction = strength < UNSEEN ? null : DynamicInterest.direction(sum, geometry);
        if (direction == null) {
            return Optional.empty();
        }
        double self = Vectors.dot(direction, sum.centred(geometry.itemMean(), geometry.textMean())) / sum.storedMass();
        return self > 0
            ? Optional.of(new NegativeTopic(probe(geometry, direction, 1, 1), (float) self, (float) strength))
            : Optional.empty();
    }

    /**
     * What has less than a tenth of the largest topic's mass fades out; the others speak by their {@link TopicWeights}.
     * What the user declared stands beside the topics that were learned, each with its own mass.
     */
    private static List<Voice> voices(Geometry geometry, Profile profile, long at) {
        List<Attribution.Component> topics = new ArrayList<>();
        profile.topics().list().forEach(topic -> {
            topics.add(
                new Attribution.Component(
                    Attribution.Kind.TOPIC, topic.id(), profile.topics().label(topic, EVEN), topic.sum()
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
        List<Voice> voices = new ArrayList<>();
        for (int i = 0; i < directions.size(); i++) {
            Attribution.Component topic = topics.get(i);
            float[] direction = directions.get(i);
            double mass = topic.sum().mass(at);
            double loudness = Math.min(1, mass / (COMPARABLE * largest));
            if (direction != null && loudness > SILENT) {
                voices.add(new Voice(direction, loudness, mass, topic));
            }
        }
        return voices;
    }

    /** A topic that is heard. */
    private record Voice(float[] direction, double loudness, double mass, Attribution.Component part) {}

    private static ScoringDirection probe(Geometry geometry, float[] direction, double loudness, float share) {
        return new ScoringDirection(
            Vectors.scaled(direction, loudness), (float) (loudness * geometry.bias(direction)), share
        );
    }
}
