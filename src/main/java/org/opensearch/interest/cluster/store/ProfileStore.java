package org.opensearch.interest.cluster.store;

import org.opensearch.action.get.GetAction;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.MultiGetAction;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.action.get.MultiGetResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads profiles as the latest answered event left them. {@code ProfileWriter} alone writes them. */
public final class ProfileStore {
    private final SystemClient client;
    private final InterestIndex indices;

    public ProfileStore(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.indices = indices;
    }

    /**
     * Empty where the user did nothing yet. A profile that was forgotten is there, and is {@link Profile#isUnknown
     * unknown}.
     */
    public void get(Tracker tracker, UserId user, ActionListener<Optional<Profile>> listener) {
        get(tracker, ProfileId.of(tracker, user), listener);
    }

    /**
     * Several at once.
     *
     * @param known is told of the profiles that there are and that can be read
     */
    public void get(Tracker tracker, Collection<UserId> users, Consumer<Map<UserId, Profile>> known) {
        String index = InterestIndex.profiles(tracker.name());
        if (indices.exists(index) == false) {
            known.accept(Map.of());
            return;
        }
        List<UserId> asked = List.copyOf(users);
        MultiGetRequest get = new MultiGetRequest();
        asked.forEach(user -> get.add(index, ProfileId.of(tracker, user)));
        client.execute(MultiGetAction.INSTANCE, get, new ActionListener<>() {
            @Override
            public void onResponse(MultiGetResponse response) {
                Map<UserId, Profile> found = new HashMap<>();
                for (int i = 0; i < asked.size(); i++) {
                    MultiGetItemResponse item = response.getResponses()[i];
                    if (item.isFailed() == false && item.getResponse().isExists()) {
                        try {
                            found.put(asked.get(i), StoredProfile.read(item.getResponse()).profile());
                        } catch (IllegalStateException damaged) {
                            // as good as unknown to whoever asks for many
                        }
                    }
                }
                known.accept(found);
            }

            @Override
            public void onFailure(Exception e) {
                known.accept(Map.of());
            }
        });
    }

    public void get(Tracker tracker, String profileId, ActionListener<Optional<Profile>> listener) {
        String index = InterestIndex.profiles(tracker.name());
        if (indices.exists(index) == false) {
            listener.onResponse(Optional.empty());
            return;
        }
        GetRequest get = new GetRequest(index, profileId);
        client.execute(
            GetAction.INSTANCE, get, ActionListener.map(InterestIndex.orEmpty(Optional.empty(), listener), found -> {
                return found.isExists() ? Optional.of(StoredProfile.read(found).profile().under(tracker.halfLives()))
                    : Optional.empty();
            })
        );
    }
}
