package org.opensearch.interest.cluster.store;

import org.opensearch.interest.core.digest.Sha256;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;

import java.util.Base64;

/**
 * Computes the id of a user's profile: a hash, so that no index holds a user's name, and a different one in every
 * tracker. If the tracker hashes user ids, the hash cannot be computed without the cluster's secret.
 */
public final class ProfileId {
    private ProfileId() {}

    public static String of(Tracker tracker, UserId user) {
        if (tracker.hashUserIds() && tracker.userKey() == null) {
            throw new IllegalStateException(
                "tracker [" + tracker.name() + "] hashes user ids, but was read without its key"
            );
        }
        // no uid contains NUL, so two different pairs never give the same text
        byte[] digest = tracker.hashUserIds() ? tracker.userKey().of(user)
            : Sha256.of(tracker.uid() + '\0' + user.value());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
