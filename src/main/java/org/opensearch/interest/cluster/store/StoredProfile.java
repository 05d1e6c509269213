package org.opensearch.interest.cluster.store;

import org.opensearch.action.get.GetResponse;
import org.opensearch.index.seqno.SequenceNumbers;
import org.opensearch.interest.core.profile.EncodedProfile;
import org.opensearch.interest.core.profile.HalfLives;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileFormat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A profile and the version of the document it was read from.
 *
 * @param seqNo {@link SequenceNumbers#UNASSIGNED_SEQ_NO} where there is no document yet
 */
public record StoredProfile(Profile profile, long seqNo, long primaryTerm) {
    static final String FIELD = "profile";
    /** A document, around a profile's bytes. */
    private static final byte[] BEFORE = ("{\"" + FIELD + "\":\"").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\"}".getBytes(StandardCharsets.US_ASCII);

    public static StoredProfile none(HalfLives halfLives) {
        return new StoredProfile(Profile.empty(halfLives), SequenceNumbers.UNASSIGNED_SEQ_NO, SequenceNumbers.UNASSIGNED_PRIMARY_TERM);
    }

    /**
     * @param document that exists
     * @throws IllegalStateException where it is damaged, which is nobody's fault who asks
     */
    public static StoredProfile read(GetResponse document) {
        try {
            Object stored = document.getSourceAsMap().get(FIELD);
            // text in a document of this form, bytes in one that an earlier build sent
            byte[] profile = stored instanceof String base64 ? Base64.getDecoder().decode(base64) : (byte[]) stored;
            return new StoredProfile(ProfileFormat.read(profile), document.getSeqNo(), document.getPrimaryTerm());
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                "[interest] the user's stored profile [" + document.getId() + "] of index [" + document.getIndex() + "] cannot be read: "
                    + e.getMessage(),
                e
            );
        }
    }

    /**
     * A JSON object with the bytes as Base64, which is letter for letter what OpenSearch derives from the doc value. A copy that catches up
     * while it is written to may get a write and what was derived of it, and the two have to be the same. Put together here because the
     * JDK's encoder takes a quarter of the time that a JSON writer takes.
     */
    public static byte[] source(EncodedProfile written) {
        byte[] base64 = Base64.getEncoder().encode(written.bytes());
        return ByteBuffer.allocate(BEFORE.length + base64.length + AFTER.length).put(BEFORE).put(base64).put(AFTER).array();
    }

    public boolean isNew() {
        return seqNo == SequenceNumbers.UNASSIGNED_SEQ_NO;
    }
}
