package org.opensearch.interest.cluster.store;

import org.opensearch.interest.core.digest.Sha256;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;

import java.util.Base64;

/**
 * Under which id a user's profile is kept: a hash, so that no index holds a user's name, and another one in every
 * tracker. Where the tracker hashes user ids, nobody without the cluster's secret can work it out.
 */
public final class ProfileId {
    private ProfileId() {}

    public static String of(Tracker tracker, UserId user) {
        if (tracker.hashUserIds() && tracker.userKey() == null) {
            throw new IllegalStateException(
                "tracker [" + tracker.name() + "] hashes user ids, but was read without its key"
            );
        }
        // no uid has a NUL, so no two pairs read the same
        byte[] digest = tracker.hashUserIds() ? tracker.userKey().of(user)
            : Sha256.of(tracker.uid() + '\0' + user.value());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
