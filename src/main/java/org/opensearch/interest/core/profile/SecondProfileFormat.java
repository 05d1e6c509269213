package org.opensearch.interest.core.profile;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads profiles as version 2 stored them: all evidence against was one sum, and an item stood for a topic. */
final class SecondProfileFormat {
    static final byte VERSION = 2;

    private SecondProfileFormat() {}

    /** @param in after the version */
    static Profile read(DataInputStream in) throws IOException {
        EventSpan span = new EventSpan(in.readLong(), in.readLong(), in.readLong());
        DecayedSum shortTerm = SumFormat.readSum(in);
        DecayedSum longTerm = SumFormat.readSum(in);
        DecayedSum negative = SumFormat.readSum(in);
        return new Profile(
            span,
            new Sums(shortTerm, longTerm, List.of(), DecayedSum.empty(shortTerm.halfLife())),
            readTopics(in),
            against(negative, span.last()),
            ProfileFormat.readIds(in),
            ProfileFormat.readDeclared(in),
            ProfileFormat.readStanding(in)
        );
    }

    /** How many events it was is not known; one is true at least. */
    private static Topics against(DecayedSum negative, long lastEvent) {
        return negative.isEmpty()
            ? Topics.none()
            : new Topics(List.of(new Topic(0, negative, 0, 1, lastEvent, TopicEvidenceList.none(), TermCounts.none())), 1);
    }

    private static Topics readTopics(DataInputStream in) throws IOException {
        int nextId = in.readInt();
        int size = in.readInt();
        List<Topic> topics = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int id = in.readInt();
            DecayedSum sum = SumFormat.readHalfSum(in);
            int events = in.readInt();
            long lastEvent = in.readLong();
            TopicEvidenceList reasons = in.readBoolean()
                ? new TopicEvidenceList(List.of(new TopicEvidence(in.readUTF(), "", "", in.readLong(), in.readDouble(), 1)))
                : TopicEvidenceList.none();
            topics.add(new Topic(id, sum, 0, events, lastEvent, reasons, TopicFormat.readWords(in)));
        }
        return new Topics(topics, nextId);
    }
}
