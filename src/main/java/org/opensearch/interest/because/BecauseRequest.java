package org.opensearch.interest.because;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Whose interest, and the unit vectors of the items of a page; null for an item without one. */
public final class BecauseRequest extends ActionRequest {
    final String tracker;
    final String user;
    final List<float[]> items;

    public BecauseRequest(String tracker, String user, List<float[]> items) {
        this.tracker = Objects.requireNonNull(tracker, "tracker");
        this.user = Objects.requireNonNull(user, "user");
        // a list that may hold null
        this.items = Collections.unmodifiableList(Arrays.asList(items.toArray(float[][]::new)));
    }

    public BecauseRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        user = in.readString();
        float[][] vectors = new float[in.readVInt()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = in.readBoolean() ? in.readFloatArray() : null;
        }
        items = Collections.unmodifiableList(Arrays.asList(vectors));
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
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }
}
