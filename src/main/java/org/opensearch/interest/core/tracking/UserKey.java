package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.digest.Sha256;

import java.util.HexFormat;

/** Key that hashes a tracker's user ids. Immutable; prints nothing of itself. */
public final class UserKey {
    private static final int CHECK_DIGITS = 16;

    private final byte[] key;

    /** @param secret the cluster's, not empty */
    public UserKey(byte[] secret, String trackerUid) {
        key = Sha256.keyed(secret, trackerUid);
    }

    /** 32 bytes, by the key and the user's id. */
    public byte[] of(UserId user) {
        return Sha256.keyed(key, user.value());
    }

    /** Tells whether another key is this one, and nothing else: 16 hexadecimal digits. */
    public String check() {
        return HexFormat.of().formatHex(Sha256.keyed(key, "")).substring(0, CHECK_DIGITS);
    }

    @Override
    public String toString() {
        return "a key";
    }
}
