package org.opensearch.interest.cluster.resolve;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.interest.cluster.engagement.BoostFormat;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.tracking.Tracker;

import java.io.IOException;
import java.util.Objects;

/**
 * Request for the interests of a user under a tracker. An unknown tracker is answered with 404. An unknown or missing
 * user is no error: the answer then holds the field of the tracker's item vectors, but nothing that scores items.
 */
public final class ResolveInterestRequest extends ActionRequest {
    private final String tracker;
    @Nullable
    private final String user;
    @Nullable
    private final ResultPage page;
    @Nullable
    private final ComponentWeights weights;
    /** True if another node forwarded it to the node that writes the profile; it is not forwarded again. */
    private final boolean forwarded;

    public ResolveInterestRequest(String tracker, @Nullable String user) {
        this(tracker, user, null, null);
    }

    /** @param page the page of a search, if all pages are to use the same interests; null if not */
    public ResolveInterestRequest(String tracker, @Nullable String user, @Nullable ResultPage page) {
        this(tracker, user, page, null);
    }

    /** @param weights of the components; null for the tracker's own */
    public ResolveInterestRequest(
        String tracker, @Nullable String user, @Nullable ResultPage page, @Nullable ComponentWeights weights
    ) {
        this(tracker, user, page, weights, false);
    }

    private ResolveInterestRequest(
        String tracker, String user, ResultPage page, ComponentWeights weights, boolean forwarded
    ) {
        this.tracker = Objects.requireNonNull(tracker, "tracker");
        this.user = user;
        this.page = page;
        this.weights = weights;
        this.forwarded = forwarded;
    }

    public ResolveInterestRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        user = in.readOptionalString();
        page = in.readOptionalWriteable(ResultPage::readFrom);
        weights = BoostFormat.readWeights(in);
        forwarded = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeOptionalString(user);
        out.writeOptionalWriteable(page);
        BoostFormat.write(out, weights);
        out.writeBoolean(forwarded);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    public String tracker() {
        return tracker;
    }

    @Nullable
    public String user() {
        return user;
    }

    @Nullable
    public ResultPage page() {
        return page;
    }

    /** Returns the request's component weights, or those of the tracker if the request names none. */
    ComponentWeights weights(Tracker which) {
        return weights == null ? which.blend() : weights;
    }

    boolean mayForward() {
        return page != null && forwarded == false;
    }

    ResolveInterestRequest forwarded() {
        return new ResolveInterestRequest(tracker, user, page, weights, true);
    }
}
