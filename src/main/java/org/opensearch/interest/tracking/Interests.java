package org.opensearch.interest.tracking;

import org.opensearch.interest.geometry.Geometry;
import org.opensearch.interest.profile.DecayedSum;
import org.opensearch.interest.profile.DynamicInterest;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.ranking.PersonalFunction;
import org.opensearch.interest.ranking.Probe;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a profile means for a search at one moment. Stateless. */
public final class Interests {
    /** A search's clock stands still for a minute, so that equal searches are equal requests and caches can answer them. */
    private static final long TICK = 60_000L;

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
            List<Probe> topics = profile.topics().list().stream().map(topic -> probe(geometry, topic.sum())).filter(Objects::nonNull).toList();
            return new PersonalFunction(probe(geometry, interest.direction()), topics, (float) interest.confidence());
        });
    }

    /** Null where the evidence cancels out. */
    private static Probe probe(Geometry geometry, DecayedSum sum) {
        float[] direction = DynamicInterest.direction(sum, geometry);
        return direction == null ? null : probe(geometry, direction);
    }

    private static Probe probe(Geometry geometry, float[] direction) {
        return new Probe(direction, (float) geometry.bias(direction));
    }

    private static int dimension(Profile profile) {
        return Math.max(profile.longTerm().sum().length, profile.negative().sum().length);
    }
}
