package org.opensearch.interest.cluster.history;

import org.opensearch.common.xcontent.cbor.CborXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.core.profile.HistoryEvent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The stored form of an event. It contains neither the user's name nor the event's id, because callers make ids of
 * names. The document's own id consists of the user's hash and the event's key, so that an event is stored once.
 */
public final class EventDocument {
    static final String USER = "user";
    static final String KEY = "key";
    public static final String TYPE = "type";
    public static final String ITEM = "item";
    public static final String TIMESTAMP = "timestamp";
    static final String TEXT = "text";
    static final String VECTOR = "vector";
    private static final String SHOWN = "shown";
    private static final String CLICKED = "clicked";
    private static final String WEIGHT = "weight";
    private static final String SCALE = "scale";
    private static final String ARRIVAL = "arrival";
    private static final String ID = "event";
    private static final String SESSION = "session";
    private static final String QUERY_ID = "query_id";
    private static final String POSITION = "position";
    private static final String VARIANT = "variant";
    private static final String EXPERIMENT = "experiment";
    private static final String TEAM = "team";

    private EventDocument() {}

    static String id(String profileId, String key) {
        return profileId + "." + key;
    }

    /** Returns the document as CBOR, which stores a vector's bytes unchanged. */
    static XContentBuilder source(String profileId, HistoryEvent event) {
        try (XContentBuilder builder = CborXContent.contentBuilder()) {
            builder.startObject().field(USER, profileId).field(KEY, event.key()).field(TYPE, event.type());
            optional(builder, ITEM, event.item());
            optional(builder, TEXT, event.text());
            if (event.vector() != null) {
                ByteBuffer bytes = ByteBuffer.allocate(event.vector().length * Float.BYTES);
                bytes.asFloatBuffer().put(event.vector());
                builder.field(VECTOR, bytes.array());
            }
            if (event.isImpression()) {
                builder.field(SHOWN, event.shown()).field(CLICKED, event.clicked());
            }
            builder.field(WEIGHT, event.weight());
            optional(builder, SCALE, event.scale());
            builder.field(TIMESTAMP, event.timestamp()).field(ARRIVAL, event.arrival());
            optional(builder, ID, event.id().isPresent() ? event.id().getAsLong() : null);
            HistoryEvent.Context context = event.context();
            optional(builder, SESSION, context.session());
            optional(builder, QUERY_ID, context.queryId());
            optional(builder, POSITION, context.position());
            optional(builder, VARIANT, context.variant());
            optional(builder, EXPERIMENT, context.experiment());
            optional(builder, TEAM, context.team());
            return builder.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }

    private static void optional(XContentBuilder builder, String field, Object value) throws IOException {
        if (value != null) {
            builder.field(field, value);
        }
    }

    /** @throws IllegalArgumentException if the source is no event */
    static HistoryEvent read(Map<String, Object> source) {
        Number id = (Number) source.get(ID);
        Number scale = (Number) source.get(SCALE);
        Number position = (Number) source.get(POSITION);
        return new HistoryEvent(
            (String) source.get(KEY), (String) source.get(TYPE), (String) source.get(ITEM), (String) source.get(TEXT),
            vector((byte[]) source.get(VECTOR)), strings(source.get(SHOWN)), strings(source.get(CLICKED)),
            ((Number) source.get(WEIGHT)).doubleValue(), scale == null ? null : scale.doubleValue(),
            ((Number) source.get(TIMESTAMP)).longValue(), ((Number) source.get(ARRIVAL)).longValue(),
            id == null ? OptionalLong.empty() : OptionalLong.of(id.longValue()),
            new HistoryEvent.Context(
                (String) source.get(SESSION), (String) source.get(QUERY_ID),
                position == null ? null : position.longValue(), (String) source.get(VARIANT),
                (String) source.get(EXPERIMENT), (String) source.get(TEAM)
            )
        );
    }

    private static float[] vector(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
        return vector;
    }

    private static List<String> strings(Object list) {
        return list instanceof List<?> strings ? strings.stream().map(String::valueOf).toList() : List.of();
    }
}
