package org.opensearch.interest.store;

import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.tracking.UserId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Under which id a user's profile is kept: a hash, so that no index holds a user's name, and another one in every tracker. */
public final class ProfileId {
    private ProfileId() {}

    public static String of(Tracker tracker, UserId user) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(tracker.uid().getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            byte[] digest = sha.digest(user.value().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
