package org.opensearch.interest.core.profile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stored form of topics. The times of their evidence are stored as the difference to the topic's last event. */
final class TopicFormat {
    private TopicFormat() {}

    static void write(DataOutputStream out, Topics topics, EncodedTopics written) throws IOException {
        VarInts.write(out, topics.nextId());
        out.writeByte(topics.list().size());
        for (Topic topic : topics.list()) {
            written.write(out, topic);
        }
    }

    /** @param longTerm the long-term half-life, which most topics have */
    static void write(DataOutputStream out, Topic topic, long longTerm) throws IOException {
        VarInts.write(out, topic.id());
        SumFormat.writePackedSum(out, topic.sum(), longTerm);
        out.writeFloat((float) topic.recent());
        VarInts.write(out, topic.events());
        VarInts.write(out, topic.lastEvent());
        out.writeByte(topic.reasons().list().size());
        for (TopicEvidence reason : topic.reasons().list()) {
            write(out, reason, topic.lastEvent());
        }
        writeWords(out, topic.words());
    }

    private static void write(DataOutputStream out, TopicEvidence reason, long lastEvent) throws IOException {
        out.writeBoolean(reason.item() != null);
        out.writeUTF(reason.item() != null ? reason.item() : reason.text());
        out.writeUTF(reason.type());
        VarInts.write(out, lastEvent - reason.time());
        out.writeFloat((float) reason.weight());
        VarInts.write(out, reason.events());
    }

    private static void writeWords(DataOutputStream out, TermCounts words) throws IOException {
        out.writeByte(words.counts().size());
        for (Map.Entry<String, Float> word : words.counts().entrySet()) {
            out.writeUTF(word.getKey());
            out.writeFloat(word.getValue());
        }
    }

    static Topics read(DataInputStream in, long longTerm) throws IOException {
        int nextId = VarInts.readInt(in, 0, Integer.MAX_VALUE);
        int size = in.readUnsignedByte();
        List<Topic> topics = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int id = VarInts.readInt(in, 0, Integer.MAX_VALUE);
            DecayedSum sum = SumFormat.readPackedSum(in, longTerm);
            float recent = in.readFloat();
            int events = VarInts.readInt(in, 0, Integer.MAX_VALUE);
            long lastEvent = VarInts.read(in);
            topics.add(new Topic(id, sum, recent, events, lastEvent, readReasons(in, lastEvent), readWords(in)));
        }
        return new Topics(topics, nextId);
    }

    private static TopicEvidenceList readReasons(DataInputStream in, long lastEvent) throws IOException {
        int size = in.readUnsignedByte();
        List<TopicEvidence> reasons = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean item = in.readBoolean();
            String name = in.readUTF();
            String type = in.readUTF();
            long time = lastEvent - VarInts.read(in);
            float weight = in.readFloat();
            int events = VarInts.readInt(in, 0, Integer.MAX_VALUE);
            reasons.add(new TopicEvidence(item ? name : null, item ? "" : name, type, time, weight, events));
        }
        return new TopicEvidenceList(reasons);
    }

    private static TermCounts readWords(DataInputStream in) throws IOException {
        int size = in.readByte();
        Map<String, Float> counts = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            counts.put(in.readUTF(), in.readFloat());
        }
        return new TermCounts(counts);
    }
}
