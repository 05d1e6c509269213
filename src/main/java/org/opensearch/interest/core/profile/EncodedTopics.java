package org.opensearch.interest.core.profile;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a profile's topics, and copies the bytes of an earlier write for each topic that has not changed since. For
 * one thread and one profile.
 */
final class EncodedTopics {
    private final EncodedProfile before;
    private final long halfLife;
    private final List<EncodedProfile.Place> places = new ArrayList<>();

    /** @param before the earlier write; null if unknown; ignored if it encodes topics relative to another half-life */
    EncodedTopics(EncodedProfile before, long halfLife) {
        this.before = before == null || before.halfLife() != halfLife ? null : before;
        this.halfLife = halfLife;
    }

    void write(DataOutputStream out, Topic topic) throws IOException {
        int from = out.size();
        EncodedProfile.Place known = before == null ? null : before.place(topic);
        if (known == null) {
            TopicFormat.write(out, topic, halfLife);
        } else {
            out.write(before.bytes(), known.from(), known.to() - known.from());
        }
        places.add(new EncodedProfile.Place(topic, from, out.size()));
    }

    /** @param bytes the whole profile as written */
    EncodedProfile written(byte[] bytes) {
        return new EncodedProfile(bytes, halfLife, places);
    }
}
