package org.opensearch.interest.cluster.explanation;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.cluster.engagement.BoostFormat;
import org.opensearch.interest.core.ranking.ItemBoost;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Request to explain the items of a page to a user: their unit vectors, null for an item without one, and their item
 * boosts.
 */
public final class ExplainHitsRequest extends ActionRequest {
    final String tracker;
    final String user;
    final List<float[]> items;
    /** one per item */
    final List<ItemBoost> boosts;
    /** weight of the content component beside the boosts */
    final float content;

    public ExplainHitsRequest(String tracker, String user, List<float[]> items, List<ItemBoost> boosts, float content) {
        this.tracker = Objects.requireNonNull(tracker, "tracker");
        this.user = Objects.requireNonNull(user, "user");
        // a list that may hold null
        this.items = Collections.unmodifiableList(Arrays.asList(items.toArray(float[][]::new)));
        this.boosts = List.copyOf(boosts);
        this.content = content;
    }

    public ExplainHitsRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        user = in.readString();
        float[][] vectors = new float[in.readVInt()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = in.readBoolean() ? in.readFloatArray() : null;
        }
        items = Collections.unmodifiableList(Arrays.asList(vectors));
        boosts = in.readList(BoostFormat::readItem);
        content = in.readFloat();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeString(user);
        out.writeVInt(items.size());
        for (float[] item : items) {
            out.writeBoolean(item != null);
            if (item != null) {
                out.writeFloatArray(item);
            }
        }
        out.writeCollection(boosts, BoostFormat::write);
        out.writeFloat(content);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }
}
