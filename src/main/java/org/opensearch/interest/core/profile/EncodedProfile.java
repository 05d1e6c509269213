package org.opensearch.interest.core.profile;

import java.util.List;

/**
 * The stored form of a profile, and the places of its topics in it, so that the next write can copy the bytes of
 * unchanged topics. Immutable, thread-safe.
 *
 * @param bytes    the stored form; not to be changed
 * @param halfLife the long-term half-life in milliseconds, relative to which topics are encoded
 * @param places   the places of topics; at most as many as the profile has topics
 */
public record EncodedProfile(byte[] bytes, long halfLife, List<Place> places) {
    /** A topic and the range of its bytes: {@code from} inclusive, {@code to} exclusive. */
    record Place(Topic topic, int from, int to) {}

    public EncodedProfile {
        places = List.copyOf(places);
    }

    /**
     * The place of this very object; null if it was not written. A linear search is faster than a hash for a dozen
     * topics.
     */
    Place place(Topic topic) {
        for (Place place : places) {
            if (place.topic() == topic) {
                return place;
            }
        }
        return null;
    }
}
