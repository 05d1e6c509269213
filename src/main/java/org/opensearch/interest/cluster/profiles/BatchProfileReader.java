package org.opensearch.interest.cluster.profiles;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.NoShardAvailableActionException;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetAction;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.profiles.PendingChanges.Key;
import org.opensearch.interest.cluster.profiles.PendingChanges.Work;
import org.opensearch.interest.cluster.profiles.ProfileCache.Hot;
import org.opensearch.interest.cluster.store.StoredProfile;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.transport.ConnectTransportException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the profiles that a round of {@link ProfileWriter} works on: those that the node remembers, and the others from
 * their index.
 */
final class BatchProfileReader {
    /**
     * @param stored   what was found, one a profile
     * @param failures why the others cannot be read
     */
    record Found(Map<Key, Hot> stored, Map<Key, Exception> failures) {}

    private final SystemClient client;
    private final ProfileCache hot;

    BatchProfileReader(SystemClient client, ProfileCache hot) {
        this.client = client;
        this.hot = hot;
    }

    /** What the node remembers of a round's profiles. */
    Map<Key, Hot> remembered(Map<Key, Work> round) {
        Map<Key, Hot> remembered = new LinkedHashMap<>();
        round.forEach((key, work) -> {
            // what is shown is kept without a write that would notice a stale profile
            Hot known = HistorySync.onlyShows(work) ? null : hot.get(key);
            if (known != null) {
                remembered.put(key, known);
            }
        });
        return remembered;
    }

    /** @param remembered is taken as it is; what is not in it is read */
    void read(Map<Key, Work> round, Map<Key, Hot> remembered, ActionListener<Found> listener) {
        MultiGetRequest get = new MultiGetRequest();
        List<Key> unknown = round.keySet().stream().filter(key -> remembered.containsKey(key) == false).toList();
        unknown.forEach(key -> get.add(key.index(), key.id()));
        client.execute(MultiGetAction.INSTANCE, get, ActionListener.map(listener, response -> {
            Found found = new Found(remembered, new LinkedHashMap<>());
            for (int i = 0; i < unknown.size(); i++) {
                Key key = unknown.get(i);
                try {
                    found.stored.put(key, new Hot(stored(round.get(key), response.getResponses()[i]), null));
                } catch (Exception e) {
                    found.failures.put(key, e);
                }
            }
            return found;
        }));
    }

    private static StoredProfile stored(Work work, MultiGetItemResponse item) throws Exception {
        if (item.isFailed()) {
            Exception failure = item.getFailure().getFailure();
            if (hasNoShard(ExceptionsHelper.unwrapCause(failure)) && HistorySync.onlyShows(work) == false) {
                // A read does not wait for a shard that is about to start or to move, a write does: assume a new
                // profile, and where it is
                // none, the write conflicts and the next round reads.
                return StoredProfile.none(work.tracker.halfLives());
            }
            throw failure;
        }
        GetResponse document = item.getResponse();
        if (document.isExists() == false) {
            return StoredProfile.none(work.tracker.halfLives());
        }
        try {
            return StoredProfile.read(document);
        } catch (IllegalStateException e) {
            if (work.changes().get(0) instanceof ProfileChange.Forget) {
                // nobody has to be able to read what is to be forgotten
                return new StoredProfile(
                    Profile.empty(work.tracker.halfLives()), document.getSeqNo(), document.getPrimaryTerm()
                );
            }
            throw e;
        }
    }

    /** For the moment: none has started, or its node is gone and the cluster has not noticed yet. */
    private static boolean hasNoShard(Throwable failure) {
        return failure instanceof NoShardAvailableActionException || failure instanceof ConnectTransportException;
    }
}
