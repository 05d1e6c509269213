package org.opensearch.interest.cluster.store;

import org.opensearch.action.get.GetResponse;
import org.opensearch.common.xcontent.cbor.CborXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.seqno.SequenceNumbers;
import org.opensearch.interest.core.profile.EncodedProfile;
import org.opensearch.interest.core.profile.HalfLives;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileFormat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * A profile and the version of the document it was read from.
 *
 * @param seqNo {@link SequenceNumbers#UNASSIGNED_SEQ_NO} where there is no document yet
 */
public record StoredProfile(Profile profile, long seqNo, long primaryTerm) {
    static final String FIELD = "profile";
    /** The bytes of an object of one field around a profile's, and some. */
    private static final int FRAME = 64;

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
            // as it was sent, or as text where the source was derived
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

    /** CBOR, since it takes bytes as they are: JSON would need a third more for Base64, and three times as much for numbers. */
    public static XContentBuilder source(EncodedProfile written) {
        try {
            // as large as it will be: one that grows copies the bytes again and again
            return new XContentBuilder(CborXContent.cborXContent, new ByteArrayOutputStream(written.bytes().length + FRAME))
                .startObject()
                .field(FIELD, written.bytes())
                .endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }

    public boolean isNew() {
        return seqNo == SequenceNumbers.UNASSIGNED_SEQ_NO;
    }
}
