package org.opensearch.interest.cluster.store;

import org.opensearch.action.delete.DeleteAction;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.get.GetAction;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.index.IndexAction;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.common.xcontent.cbor.CborXContent;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.tracking.Tracker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Stores the geometries fitted to trackers' items: one document per tracker, by its uid. At 384 dimensions it takes 300
 * KB, too much for the cluster state or for the tracker's own document, which every search reads. The tracker's
 * document holds the version of the geometry in use.
 */
public final class GeometryStore {
    private static final String MOMENTS = "moments";
    private static final String INDEX = "index";
    private static final String FIELD = "vector_field";

    private final SystemClient client;
    private final InterestIndex indices;

    /** @param items the items whose vectors were read; their title field is not stored */
    public record Stored(Tracker.Items items, Moments moments) {}

    public GeometryStore(SystemClient client, InterestIndex indices) {
        this.client = client;
        this.indices = indices;
    }

    /**
     * Returns the stored geometry; empty if none was fitted. Parsing its 300 KB takes milliseconds on the answering
     * thread.
     */
    public void get(String uid, ActionListener<Optional<Stored>> listener) {
        if (indices.exists(InterestIndex.GEOMETRIES) == false) {
            listener.onResponse(Optional.empty());
            return;
        }
        GetRequest get = new GetRequest(InterestIndex.GEOMETRIES, uid);
        client.execute(
            GetAction.INSTANCE, get,
            ActionListener.map(InterestIndex.orEmpty(Optional.empty(), listener), GeometryStore::read)
        );
    }

    private static Optional<Stored> read(GetResponse found) throws IOException {
        if (found.isExists() == false) {
            return Optional.empty();
        }
        Map<String, Object> source = found.getSourceAsMap();
        Moments moments = Moments.readFrom(new ByteArrayInputStream((byte[]) source.get(MOMENTS)));
        return Optional
            .of(new Stored(new Tracker.Items((String) source.get(INDEX), (String) source.get(FIELD), null), moments));
    }

    public void put(Tracker tracker, Moments moments, ActionListener<Void> listener) {
        indices.ensure(InterestIndex.GEOMETRIES, ActionListener.wrap(ready -> {
            IndexRequest index = new IndexRequest(InterestIndex.GEOMETRIES).id(tracker.uid())
                .source(source(tracker.items(), moments));
            client.execute(IndexAction.INSTANCE, index, ActionListener.map(listener, indexed -> null));
        }, listener::onFailure));
    }

    /** Returns the document as CBOR, which stores bytes unchanged. */
    private static XContentBuilder source(Tracker.Items items, Moments moments) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        moments.writeTo(bytes);
        return CborXContent.contentBuilder()
            .startObject()
            .field(INDEX, items.index())
            .field(FIELD, items.vectorField())
            .field(MOMENTS, bytes.toByteArray())
            .endObject();
    }

    /** Deletes a tracker's geometry; succeeds also if there is none. */
    public void delete(String uid, ActionListener<Void> listener) {
        if (indices.exists(InterestIndex.GEOMETRIES) == false) {
            listener.onResponse(null);
            return;
        }
        DeleteRequest delete = new DeleteRequest(InterestIndex.GEOMETRIES, uid);
        client.execute(
            DeleteAction.INSTANCE, delete, ActionListener.map(InterestIndex.orEmpty(null, listener), deleted -> null)
        );
    }
}
