package org.opensearch.interest.api.model;

import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.core.embedding.Embedding;

import java.io.IOException;
import java.util.List;

/** Embeddings of a request, one per text, in the order of the request. */
public final class EmbedResponse extends ActionResponse implements ToXContentObject {
    private final String modelId;
    private final long tookMillis;
    private final List<Embedding> embeddings;

    EmbedResponse(String modelId, long tookMillis, List<Embedding> embeddings) {
        this.modelId = modelId;
        this.tookMillis = tookMillis;
        this.embeddings = List.copyOf(embeddings);
    }

    public EmbedResponse(StreamInput in) throws IOException {
        modelId = in.readString();
        tookMillis = in.readVLong();
        embeddings = in.readList(
            embedding -> new Embedding(
                embedding.readFloatArray(), embedding.readVInt(), embedding.readBoolean(), embedding.readVInt()
            )
        );
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(modelId);
        out.writeVLong(tookMillis);
        out.writeCollection(embeddings, (stream, embedding) -> {
            stream.writeFloatArray(embedding.vector());
            stream.writeVInt(embedding.tokens());
            stream.writeBoolean(embedding.truncated());
            stream.writeVInt(embedding.unknownTokens());
        });
    }

    public List<Embedding> embeddings() {
        return embeddings;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        builder.field("model_id", modelId);
        builder.field("dimension", embeddings.get(0).vector().length);
        builder.field("took", tookMillis);
        builder.startArray("embeddings");
        for (Embedding embedding : embeddings) {
            builder.startObject();
            builder.array("vector", embedding.vector());
            builder.field("tokens", embedding.tokens());
            builder.field("truncated", embedding.truncated());
            builder.field("unknown_tokens", embedding.unknownTokens());
            builder.endObject();
        }
        return builder.endArray().endObject();
    }
}
