package org.opensearch.interest.store;

import org.opensearch.interest.profile.Profile;

/**
 * What a user's kept events make, one after the other, from nothing.
 *
 * @param events  how many are in it
 * @param missing how many are not, because their item is gone or has another kind of vector by now
 */
public record Replayed(Profile profile, long events, long missing) {}
