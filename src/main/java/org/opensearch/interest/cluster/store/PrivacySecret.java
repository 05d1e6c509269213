package org.opensearch.interest.cluster.store;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.common.settings.SecureSetting;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.settings.SecureString;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserKey;

import java.nio.charset.StandardCharsets;

/**
 * The secret in the node's keystore with which user ids are hashed, for trackers that ask for it. It must be the same
 * on all nodes; a node with another secret answers with an error and reads or writes no profile. Immutable,
 * thread-safe.
 */
public final class PrivacySecret {
    public static final Setting<SecureString> SETTING = SecureSetting
        .secureString("plugins.interest.privacy.secret", null);

    private static final int SHORTEST = 16;

    private final byte[] secret;

    /** @param settings with the keystore open, as during the start of a node */
    public PrivacySecret(Settings settings) {
        try (SecureString given = SETTING.get(settings)) {
            secret = given.length() == 0 ? null : given.toString().getBytes(StandardCharsets.UTF_8);
        }
        if (secret != null && secret.length < SHORTEST) {
            throw new IllegalArgumentException(
                "[interest] [" + SETTING.getKey() + "] of the keystore must have at least [" + SHORTEST
                    + "] bytes, but has [" + secret.length + "]"
            );
        }
    }

    /** Returns a new tracker with its key if it hashes user ids. Fails with 400 if it does and there is no secret. */
    Tracker create(Tracker tracker) {
        if (tracker.hashUserIds() && secret == null) {
            throw new IllegalArgumentException(
                "[interest] [privacy.hash_user_ids] of tracker must be false, but was [true]: the keystore has no ["
                    + SETTING.getKey() + "]; add one, the same on every node, by [opensearch-keystore add "
                    + SETTING.getKey() + "] and restart"
            );
        }
        return tracker.hashUserIds() ? tracker.withUserKey(key(tracker)) : tracker;
    }

    /**
     * Returns a stored tracker with its key if it hashes user ids. Fails with 503 if this node has another secret, or
     * none.
     *
     * @param check value derived from the key that the tracker was created with
     */
    Tracker open(Tracker tracker, String check) {
        if (tracker.hashUserIds() == false) {
            return tracker;
        }
        if (secret == null || key(tracker).check().equals(check) == false) {
            throw new OpenSearchStatusException(
                "[interest] the user ids of tracker [{}] are hashed with a [{}] that this node's keystore does not have: add the one that "
                    + "the tracker was created with",
                RestStatus.SERVICE_UNAVAILABLE, tracker.name(), SETTING.getKey()
            );
        }
        return tracker.withUserKey(key(tracker));
    }

    private UserKey key(Tracker tracker) {
        return new UserKey(secret, tracker.uid());
    }
}
