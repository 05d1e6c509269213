package org.opensearch.interest.core.digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256, and HMAC by it (RFC 2104). Every Java platform has both. */
public final class Sha256 {
    private static final String KEYED = "HmacSHA256";

    private Sha256() {}

    /** A digest to be fed; for one thread at a time. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** @return 32 bytes */
    public static byte[] of(String text) {
        return begin().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whoever lacks the key can neither compute nor check it.
     *
     * @param key not empty
     * @return 32 bytes
     */
    public static byte[] keyed(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(KEYED);
            mac.init(new SecretKeySpec(key, KEYED));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + KEYED, e);
        }
    }
}
