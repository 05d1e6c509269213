package org.opensearch.interest.tracking;

import org.opensearch.interest.geometry.Geometry;
import org.opensearch.interest.profile.DynamicInterest;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.Topic;
import org.opensearch.interest.ranking.PersonalFunction;
import org.opensearch.interest.ranking.Probe;
import org.opensearch.interest.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a profile means for a search at one moment. Stateless. */
public final class Interests {
    /** A search's clock stands still for a minute, so that equal searches are equal requests and caches can answer them. */
    private static final long TICK = 60_000L;

    /** The share of the largest topic's mass from which on a topic counts in full. */
    private static final double COMPARABLE = 0.1;
    /** Below this voice a topic costs a dot product an item and changes nothing that can be seen. */
    private static final double SILENT = 0.05;

    private final Geometries geometries;

    public Interests(Geometries geometries) {
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
        int dimension = dimension(profile);
        if (dimension == 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(DynamicInterest.of(profile, geometries.of(tracker, dimension), tracker.alpha(), at));
    }

    /** How a search of that user ranks items; empty where the profile says nothing. */
    public Optional<PersonalFunction> function(Tracker tracker, Profile profile, long at) {
        return dynamic(tracker, profile, at).map(interest -> {
            Geometry geometry = geometries.of(tracker, interest.direction().length);
            return new PersonalFunction(probe(geometry, interest.direction(), 1), topics(geometry, profile, at), (float) interest.confidence());
        });
    }

    /** Interests of comparable mass speak with one voice each; what has less than a tenth of the largest's mass fades out. */
    private static List<Probe> topics(Geometry geometry, Profile profile, long at) {
        double largest = profile.topics().list().stream().mapToDouble(topic -> topic.sum().mass(at)).max().orElse(0);
        List<Probe> probes = new ArrayList<>();
        for (Topic topic : profile.topics().list()) {
            float[] direction = DynamicInterest.direction(topic.sum(), geometry);
            double voice = Math.min(1, topic.sum().mass(at) / (COMPARABLE * largest));
            if (direction != null && voice > SILENT) {
                probes.add(probe(geometry, direction, voice));
            }
        }
        return probes;
    }

    private static Probe probe(Geometry geometry, float[] direction, double voice) {
        return new Probe(Vectors.scaled(direction, voice), (float) (voice * geometry.bias(direction)));
    }

    private static int dimension(Profile profile) {
        return Math.max(profile.longTerm().sum().length, profile.negative().sum().length);
    }
}
