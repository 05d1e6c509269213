package org.opensearch.interest.api.event;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.EventObject;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds events whose text is not to be read: their users are out of tracking, or had that time forgotten. The writer of profiles would
 * ignore them as well, but only after a model has seen the text. Reading a profile costs less than running a model once.
 */
final class RefusedEvents {
    private final ProfileStore profiles;

    RefusedEvents(ProfileStore profiles) {
        this.profiles = profiles;
    }

    /**
     * @param events   by their position
     * @param listener is given the positions of those that are refused, and does not fail: where a profile cannot be read, its writer decides
     */
    void find(Tracker tracker, Map<Integer, Event> events, ActionListener<Set<Integer>> listener) {
        Set<UserId> users = events.values().stream().filter(RefusedEvents::hasText).map(Event::user).collect(Collectors.toSet());
        if (users.isEmpty()) {
            listener.onResponse(Set.of());
            return;
        }
        profiles.get(tracker, users, known -> listener.onResponse(refused(events, known)));
    }

    private static Set<Integer> refused(Map<Integer, Event> events, Map<UserId, Profile> known) {
        return events.entrySet().stream().filter(next -> {
            Event event = next.getValue();
            Profile profile = known.get(event.user());
            return hasText(event) && profile != null && profile.refuses(event.timestamp());
        }).map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static boolean hasText(Event event) {
        return event.object() instanceof EventObject.Text || event.object() instanceof EventObject.Comment;
    }
}
