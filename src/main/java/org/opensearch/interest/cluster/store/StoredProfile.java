package org.opensearch.interest.cluster.store;

import org.opensearch.action.get.GetResponse;
import org.opensearch.index.seqno.SequenceNumbers;
import org.opensearch.interest.core.profile.HalfLives;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileFormat;

import java.util.Base64;

/**
 * A profile and the version of its document.
 *
 * @param seqNo {@link SequenceNumbers#UNASSIGNED_SEQ_NO} if there is no document yet
 */
public record StoredProfile(Profile profile, long seqNo, long primaryTerm) {
    public static StoredProfile none(HalfLives halfLives) {
        return new StoredProfile(
            Profile.empty(halfLives), SequenceNumbers.UNASSIGNED_SEQ_NO, SequenceNumbers.UNASSIGNED_PRIMARY_TERM
        );
    }

    /**
     * Reads a profile from its document.
     *
     * @param document an existing document
     * @throws IllegalStateException if the document is damaged, which is not the caller's mistake
     */
    public static StoredProfile read(GetResponse document) {
        try {
            byte[] sent = ProfileDocument.profile(document.getSourceAsBytesRef());
            byte[] profile = sent != null ? sent : ofAnotherForm(document.getSourceAsMap().get(ProfileDocument.FIELD));
            return new StoredProfile(ProfileFormat.read(profile), document.getSeqNo(), document.getPrimaryTerm());
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                "[interest] the user's stored profile [" + document.getId() + "] of index [" + document.getIndex()
                    + "] cannot be read: " + e.getMessage(),
                e
            );
        }
    }

    /** Returns the bytes of a document of another form: Base64 text in JSON, or bytes as an earlier build sent them. */
    private static byte[] ofAnotherForm(Object stored) {
        return stored instanceof String base64 ? Base64.getDecoder().decode(base64) : (byte[]) stored;
    }

    public boolean isNew() {
        return seqNo == SequenceNumbers.UNASSIGNED_SEQ_NO;
    }
}
