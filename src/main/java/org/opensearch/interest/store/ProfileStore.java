package org.opensearch.interest.store;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.get.GetAction;
import org.opensearch.action.get.GetRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;

import java.util.Optional;

/** Reads profiles as the latest answered event left them. {@link ProfileWriter} is the one who writes. */
public final class ProfileStore {
    private final SystemClient client;
    private final InterestIndex indices;

    public ProfileStore(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.indices = indices;
    }

    /** Empty where the user did nothing yet. A profile that was forgotten is there, and is {@link Profile#isUnknown unknown}. */
    public void get(Tracker tracker, UserId user, ActionListener<Optional<Profile>> listener) {
        get(tracker, ProfileId.of(tracker, user), listener);
    }

    void get(Tracker tracker, String profileId, ActionListener<Optional<Profile>> listener) {
        String index = InterestIndex.profiles(tracker.name());
        if (indices.exists(index) == false) {
            listener.onResponse(Optional.empty());
            return;
        }
        GetRequest get = new GetRequest(index, profileId);
        client.execute(GetAction.INSTANCE, get, ActionListener.wrap(found -> {
            listener.onResponse(
                found.isExists() ? Optional.of(StoredProfile.read(found).profile().under(tracker.halfLives())) : Optional.empty()
            );
        }, e -> {
            if (ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException) {
                listener.onResponse(Optional.empty());
            } else {
                listener.onFailure(e);
            }
        }));
    }
}
