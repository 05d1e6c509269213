package org.opensearch.interest.core.digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 and HMAC-SHA-256 (RFC 2104). Every Java platform has both. */
public final class Sha256 {
    private static final String KEYED = "HmacSHA256";

    private Sha256() {}

    /** A new digest to update; for one thread at a time. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * The SHA-256 of the text in UTF-8.
     *
     * @return 32 bytes
     */
    public static byte[] of(String text) {
        return begin().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The HMAC-SHA-256 of the text in UTF-8. It can be neither computed nor checked without the key.
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
