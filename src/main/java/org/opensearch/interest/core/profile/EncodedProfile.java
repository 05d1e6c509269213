package org.opensearch.interest.core.profile;

import java.util.List;

/**
 * A profile as it was written, and where in it its topics stand: what the next write can take over. Immutable,
 * thread-safe.
 *
 * @param bytes    the stored form; not to be changed
 * @param halfLife the long-term one that topics are told relative to, in milliseconds
 * @param places   where topics stand; at most as many as a profile has
 */
public record EncodedProfile(byte[] bytes, long halfLife, List<Place> places) {
    /** A topic and its bytes, from one place up to another. */
    record Place(Topic topic, int from, int to) {}

    public EncodedProfile {
        places = List.copyOf(places);
    }

    /** Null where this very topic was not written. A dozen topics are sooner looked through than hashed. */
    Place place(Topic topic) {
        for (Place place : places) {
            if (place.topic() == topic) {
                return place;
            }
        }
        return null;
    }
}
