package org.opensearch.interest.core.profile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stored form of topics. Times are told as how long they lie before the topic's last event. */
final class TopicFormat {
    private TopicFormat() {}

    static void write(DataOutputStream out, Topics topics, WrittenTopics written) throws IOException {
        Numbers.write(out, topics.nextId());
        out.writeByte(topics.list().size());
        for (Topic topic : topics.list()) {
            written.write(out, topic);
        }
    }

    /** @param longTerm the half-life that most topics have */
    static void write(DataOutputStream out, Topic topic, long longTerm) throws IOException {
        Numbers.write(out, topic.id());
        SumFormat.writePackedSum(out, topic.sum(), longTerm);
        out.writeFloat((float) topic.recent());
        Numbers.write(out, topic.events());
        Numbers.write(out, topic.lastEvent());
        out.writeByte(topic.reasons().list().size());
        for (Reason reason : topic.reasons().list()) {
            write(out, reason, topic.lastEvent());
        }
        writeWords(out, topic.words());
    }

    private static void write(DataOutputStream out, Reason reason, long lastEvent) throws IOException {
        out.writeBoolean(reason.item() != null);
        out.writeUTF(reason.item() != null ? reason.item() : reason.text());
        out.writeUTF(reason.type());
        Numbers.write(out, lastEvent - reason.time());
        out.writeFloat((float) reason.weight());
        Numbers.write(out, reason.events());
    }

    private static void writeWords(DataOutputStream out, Words words) throws IOException {
        out.writeByte(words.counts().size());
        for (Map.Entry<String, Float> word : words.counts().entrySet()) {
            out.writeUTF(word.getKey());
            out.writeFloat(word.getValue());
        }
    }

    static Topics read(DataInputStream in, long longTerm) throws IOException {
        int nextId = Numbers.readInt(in, 0, Integer.MAX_VALUE);
        int size = in.readUnsignedByte();
        List<Topic> topics = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int id = Numbers.readInt(in, 0, Integer.MAX_VALUE);
            DecayedSum sum = SumFormat.readPackedSum(in, longTerm);
            float recent = in.readFloat();
            int events = Numbers.readInt(in, 0, Integer.MAX_VALUE);
            long lastEvent = Numbers.read(in);
            topics.add(new Topic(id, sum, recent, events, lastEvent, readReasons(in, lastEvent), readWords(in)));
        }
        return new Topics(topics, nextId);
    }

    private static Reasons readReasons(DataInputStream in, long lastEvent) throws IOException {
        int size = in.readUnsignedByte();
        List<Reason> reasons = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean item = in.readBoolean();
            String name = in.readUTF();
            String type = in.readUTF();
            long time = lastEvent - Numbers.read(in);
            float weight = in.readFloat();
            int events = Numbers.readInt(in, 0, Integer.MAX_VALUE);
            reasons.add(new Reason(item ? name : null, item ? "" : name, type, time, weight, events));
        }
        return new Reasons(reasons);
    }

    static Words readWords(DataInputStream in) throws IOException {
        int size = in.readByte();
        Map<String, Float> counts = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            counts.put(in.readUTF(), in.readFloat());
        }
        return new Words(counts);
    }
}
