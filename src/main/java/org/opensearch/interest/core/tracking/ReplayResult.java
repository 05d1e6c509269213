package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.profile.Profile;

import java.util.Map;

/**
 * Result of replaying a user's history from an empty profile.
 *
 * @param events  how many are in it
 * @param missing how many are not, because their item is gone or has another kind of vector by now
 * @param deleted those that were found and left out because they are to be struck, by their keys
 */
public record ReplayResult(Profile profile, long events, long missing, Map<String, ReplayedEvent> deleted) {}
