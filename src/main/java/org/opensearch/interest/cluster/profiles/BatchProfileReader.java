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
import org.opensearch.interest.cluster.profiles.ProfileCache.CachedProfile;
import org.opensearch.interest.cluster.store.StoredProfile;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.transport.ConnectTransportException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the profiles of a round of {@link ProfileWriter}: from the node's cache if possible, the others from their
 * index.
 */
final class BatchProfileReader {
    /**
     * @param stored   the profiles that could be read
     * @param failures why the others could not be read
     */
    record Found(Map<Key, CachedProfile> stored, Map<Key, Exception> failures) {}

    private final SystemClient client;
    private final ProfileCache cache;

    BatchProfileReader(SystemClient client, ProfileCache cache) {
        this.client = client;
        this.cache = cache;
    }

    /** Returns the round's profiles that are in the cache. */
    Map<Key, CachedProfile> fromCache(Map<Key, Work> round) {
        Map<Key, CachedProfile> cached = new LinkedHashMap<>();
        round.forEach((key, work) -> {
            // history-only events cause no profile write, which would detect a stale cached profile by its conflict
            CachedProfile profile = HistorySync.isHistoryOnly(work) ? null : cache.get(key);
            if (profile != null) {
                cached.put(key, profile);
            }
        });
        return cached;
    }

    /**
     * Reads the round's profiles that are not cached.
     *
     * @param cached profiles that need no read
     */
    void read(Map<Key, Work> round, Map<Key, CachedProfile> cached, ActionListener<Found> listener) {
        MultiGetRequest get = new MultiGetRequest();
        List<Key> uncached = round.keySet().stream().filter(key -> cached.containsKey(key) == false).toList();
        uncached.forEach(key -> get.add(key.index(), key.id()));
        client.execute(MultiGetAction.INSTANCE, get, ActionListener.map(listener, response -> {
            Found found = new Found(cached, new LinkedHashMap<>());
            for (int i = 0; i < uncached.size(); i++) {
                Key key = uncached.get(i);
                try {
                    found.stored.put(key, new CachedProfile(stored(round.get(key), response.getResponses()[i]), null));
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
            if (hasNoShard(ExceptionsHelper.unwrapCause(failure)) && HistorySync.isHistoryOnly(work) == false) {
                // A write waits for a shard that is starting or moving, but a read does not. Assume a new profile: if
                // there is one already, the write conflicts, and the next round reads it.
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
                // a damaged profile can still be forgotten
                return new StoredProfile(
                    Profile.empty(work.tracker.halfLives()), document.getSeqNo(), document.getPrimaryTerm()
                );
            }
            throw e;
        }
    }

    /**
     * Returns true if no shard is available at the moment: none has started, or its node left and the cluster has not
     * noticed yet.
     */
    private static boolean hasNoShard(Throwable failure) {
        return failure instanceof NoShardAvailableActionException || failure instanceof ConnectTransportException;
    }
}
