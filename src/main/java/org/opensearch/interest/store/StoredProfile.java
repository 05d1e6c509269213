package org.opensearch.interest.store;

import org.opensearch.action.get.GetResponse;
import org.opensearch.index.seqno.SequenceNumbers;
import org.opensearch.interest.profile.HalfLives;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.ProfileFormat;

import java.util.Base64;
import java.util.Map;

/**
 * A profile and the version of the document it was read from.
 *
 * @param seqNo {@link SequenceNumbers#UNASSIGNED_SEQ_NO} where there is no document yet
 */
record StoredProfile(Profile profile, long seqNo, long primaryTerm) {
    private static final String FIELD = "profile";

    static StoredProfile none(HalfLives halfLives) {
        return new StoredProfile(Profile.empty(halfLives), SequenceNumbers.UNASSIGNED_SEQ_NO, SequenceNumbers.UNASSIGNED_PRIMARY_TERM);
    }

    /** @param document that exists */
    static StoredProfile read(GetResponse document) {
        byte[] bytes = Base64.getDecoder().decode((String) document.getSourceAsMap().get(FIELD));
        return new StoredProfile(ProfileFormat.read(bytes), document.getSeqNo(), document.getPrimaryTerm());
    }

    /** Base64 beats an array of numbers: a third of the size, and no number to parse. */
    static Map<String, Object> source(Profile profile) {
        return Map.of(FIELD, Base64.getEncoder().encodeToString(ProfileFormat.write(profile)));
    }

    boolean isNew() {
        return seqNo == SequenceNumbers.UNASSIGNED_SEQ_NO;
    }
}
