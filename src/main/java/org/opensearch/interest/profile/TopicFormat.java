package org.opensearch.interest.profile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stored form of topics. */
final class TopicFormat {
    private TopicFormat() {}

    static void write(DataOutputStream out, Topics topics) throws IOException {
        out.writeInt(topics.nextId());
        out.writeInt(topics.list().size());
        for (Topic topic : topics.list()) {
            out.writeInt(topic.id());
            SumFormat.writeHalfSum(out, topic.sum());
            out.writeInt(topic.events());
            out.writeLong(topic.lastEvent());
            out.writeBoolean(topic.item() != null);
            if (topic.item() != null) {
                out.writeUTF(topic.item());
                out.writeLong(topic.itemTime());
                out.writeDouble(topic.itemWeight());
            }
            out.writeByte(topic.words().counts().size());
            for (Map.Entry<String, Float> word : topic.words().counts().entrySet()) {
                out.writeUTF(word.getKey());
                out.writeFloat(word.getValue());
            }
        }
    }

    static Topics read(DataInputStream in) throws IOException {
        int nextId = in.readInt();
        int size = in.readInt();
        List<Topic> topics = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int id = in.readInt();
            DecayedSum sum = SumFormat.readHalfSum(in);
            int events = in.readInt();
            long lastEvent = in.readLong();
            boolean represented = in.readBoolean();
            String item = represented ? in.readUTF() : null;
            long itemTime = represented ? in.readLong() : 0;
            double itemWeight = represented ? in.readDouble() : 0;
            topics.add(new Topic(id, sum, events, lastEvent, item, itemTime, itemWeight, readWords(in)));
        }
        return new Topics(topics, nextId);
    }

    private static Words readWords(DataInputStream in) throws IOException {
        int size = in.readByte();
        Map<String, Float> counts = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            counts.put(in.readUTF(), in.readFloat());
        }
        return new Words(counts);
    }
}
