package org.opensearch.interest.cluster.store;

import org.apache.lucene.util.BytesRef;
import org.opensearch.core.common.bytes.BytesReference;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The document that holds a profile's bytes: a JSON object with the bytes as Base64, identical byte for byte to the
 * source that OpenSearch derives from the stored doc value. A replica that recovers during writes may receive both the
 * original and the derived form of one write, and the two must be equal. Encoded and decoded by hand, because a JSON
 * writer and parser take several times as long as the JDK's Base64.
 */
public final class ProfileDocument {
    static final String FIELD = "profile";
    private static final byte[] BEFORE = ("{\"" + FIELD + "\":\"").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\"}".getBytes(StandardCharsets.US_ASCII);

    private ProfileDocument() {}

    public static byte[] of(byte[] profile) {
        byte[] base64 = Base64.getEncoder().encode(profile);
        return ByteBuffer.allocate(BEFORE.length + base64.length + AFTER.length)
            .put(BEFORE)
            .put(base64)
            .put(AFTER)
            .array();
    }

    /** Returns the profile's bytes; null if the document has another form, from an earlier build or another writer. */
    public static byte[] profile(BytesReference document) {
        BytesRef all = document.toBytesRef();
        int from = all.offset + BEFORE.length;
        int to = all.offset + all.length - AFTER.length;
        if (to < from || Arrays.equals(all.bytes, all.offset, from, BEFORE, 0, BEFORE.length) == false
            || Arrays.equals(all.bytes, to, to + AFTER.length, AFTER, 0, AFTER.length) == false) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(Arrays.copyOfRange(all.bytes, from, to));
        } catch (IllegalArgumentException e) {
            return null; // not only Base64
        }
    }
}
