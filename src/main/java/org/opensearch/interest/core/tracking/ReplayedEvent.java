package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;

/**
 * An event of the history and the evidence that it gives today.
 *
 * @param profileId id of the user's profile
 * @param evidence  by today's items, texts and signals; null if the event is no evidence or its item is gone
 */
public record ReplayedEvent(String profileId, HistoryEvent event, Evidence evidence) {}
