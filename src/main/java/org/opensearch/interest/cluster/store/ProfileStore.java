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

/** Reads profiles; a read sees every answered event. {@code ProfileWriter} alone writes them. */
public final class ProfileStore {
    private final SystemClient client;
    private final InterestIndex indices;

    public ProfileStore(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.indices = indices;
    }

    /**
     * Returns a profile; empty if the user has none yet. A forgotten profile exists and is {@link Profile#isUnknown
     * unknown}.
     */
    public void get(Tracker tracker, UserId user, ActionListener<Optional<Profile>> listener) {
        get(tracker, ProfileId.of(tracker, user), listener);
    }

    /**
     * Reads several profiles in one request.
     *
     * @param known receives the profiles that exist and can be read
     */
    public void get(Tracker tracker, Collection<UserId> users, Consumer<Map<UserId, Profile>> known) {
        String index = InterestIndex.profiles(tracker.name());
        if (indices.exists(index) == false) {
            known.accept(Map.of());
            return;
        }
        List<UserId> requested = List.copyOf(users);
        MultiGetRequest get = new MultiGetRequest();
        requested.forEach(user -> get.add(index, ProfileId.of(tracker, user)));
        client.execute(MultiGetAction.INSTANCE, get, new ActionListener<>() {
            @Override
            public void onResponse(MultiGetResponse response) {
                Map<UserId, Profile> found = new HashMap<>();
                for (int i = 0; i < requested.size(); i++) {
                    MultiGetItemResponse item = response.getResponses()[i];
                    if (item.isFailed() == false && item.getResponse().isExists()) {
                        try {
                            found.put(requested.get(i), StoredProfile.read(item.getResponse()).profile());
                        } catch (IllegalStateException damaged) {
                            // a damaged profile counts as unknown in a read of many
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
