package org.opensearch.interest.store;

import org.opensearch.action.get.GetResponse;
import org.opensearch.common.xcontent.cbor.CborXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.seqno.SequenceNumbers;
import org.opensearch.interest.profile.HalfLives;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.ProfileFormat;
import org.opensearch.interest.profile.Reason;
import org.opensearch.interest.profile.Standing;
import org.opensearch.interest.profile.Topic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A profile and the version of the document it was read from.
 *
 * @param seqNo {@link SequenceNumbers#UNASSIGNED_SEQ_NO} where there is no document yet
 */
record StoredProfile(Profile profile, long seqNo, long primaryTerm) {
    static final String FIELD = "profile";
    /** A word's place in a map, its objects and its count, in bytes. */
    private static final long WORD = 100;

    static StoredProfile none(HalfLives halfLives) {
        return new StoredProfile(Profile.empty(halfLives), SequenceNumbers.UNASSIGNED_SEQ_NO, SequenceNumbers.UNASSIGNED_PRIMARY_TERM);
    }

    /**
     * @param document that exists
     * @throws IllegalStateException where it is damaged, which is nobody's fault who asks
     */
    static StoredProfile read(GetResponse document) {
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
    static XContentBuilder source(Profile profile) {
        try {
            return CborXContent.contentBuilder().startObject().field(FIELD, ProfileFormat.write(profile)).endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }

    /** About what it takes on the heap, in bytes. */
    long weight() {
        List<Topic> topics = Stream.concat(profile.topics().list().stream(), profile.against().list().stream()).toList();
        long vectors = 3 + profile.paced().size() + topics.size() + profile.declared().list().size();
        long texts = profile.declared().list().stream().mapToLong(interest -> 2L * interest.text().length()).sum();
        long names = topics.stream().mapToLong(StoredProfile::names).sum();
        Standing.Handover leaving = profile.standing().leaving();
        long left = leaving == null ? 0 : new StoredProfile(leaving.profile(), seqNo, primaryTerm).weight();
        return 1_000L + 4L * profile.dimension() * vectors + texts + names + (long) Long.BYTES * profile.ids().size() + left;
    }

    private static long names(Topic topic) {
        long reasons = topic.reasons().list().stream().mapToLong(StoredProfile::names).sum();
        return reasons + topic.words().counts().keySet().stream().mapToLong(word -> WORD + 2L * word.length()).sum();
    }

    private static long names(Reason reason) {
        int item = reason.item() == null ? 0 : reason.item().length();
        return 3 * WORD + 2L * (item + reason.text().length() + reason.type().length());
    }

    boolean isNew() {
        return seqNo == SequenceNumbers.UNASSIGNED_SEQ_NO;
    }
}
