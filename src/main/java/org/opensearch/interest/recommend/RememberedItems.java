package org.opensearch.interest.recommend;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.Topic;
import org.opensearch.interest.store.ProfileStore;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;

import java.util.HashMap;
import java.util.Map;

/** The items that a profile itself remembers: the one that stands for each topic. What is not remembered counts as not seen. */
public final class RememberedItems implements SeenItems {
    private final ProfileStore profiles;

    public RememberedItems(ProfileStore profiles) {
        this.profiles = profiles;
    }

    @Override
    public void of(Tracker tracker, UserId user, ActionListener<Map<String, Long>> listener) {
        profiles.get(tracker, user, ActionListener.map(listener, profile -> profile.map(RememberedItems::of).orElse(Map.of())));
    }

    private static Map<String, Long> of(Profile profile) {
        Map<String, Long> seen = new HashMap<>();
        for (Topic topic : profile.topics().list()) {
            if (topic.item() != null) {
                seen.merge(topic.item(), topic.itemTime(), Math::max);
            }
        }
        return seen;
    }
}
