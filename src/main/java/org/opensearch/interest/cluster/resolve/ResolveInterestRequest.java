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
 * Who is searching, under which tracker. An unknown tracker answers 404; an unknown user is nobody, and no error.
 * Without a user the answer is nobody, too: it tells the field of the tracker's item vectors.
 */
public final class ResolveInterestRequest extends ActionRequest {
    private final String tracker;
    @Nullable
    private final String user;
    @Nullable
    private final ResultPage page;
    @Nullable
    private final ComponentWeights weights;
    /** Whether another node sent it to the user's profile's home: it goes no further. */
    private final boolean sentHome;

    public ResolveInterestRequest(String tracker, @Nullable String user) {
        this(tracker, user, null, null);
    }

    /** @param page which page of a search asks, where the pages of a search are to see the same interests */
    public ResolveInterestRequest(String tracker, @Nullable String user, @Nullable ResultPage page) {
        this(tracker, user, page, null);
    }

    /** @param weights of the parts; null for the tracker's own */
    public ResolveInterestRequest(
        String tracker, @Nullable String user, @Nullable ResultPage page, @Nullable ComponentWeights weights
    ) {
        this(tracker, user, page, weights, false);
    }

    private ResolveInterestRequest(
        String tracker, String user, ResultPage page, ComponentWeights weights, boolean sentHome
    ) {
        this.tracker = Objects.requireNonNull(tracker, "tracker");
        this.user = user;
        this.page = page;
        this.weights = weights;
        this.sentHome = sentHome;
    }

    public ResolveInterestRequest(StreamInput in) throws IOException {
        super(in);
        tracker = in.readString();
        user = in.readOptionalString();
        page = in.readOptionalWriteable(ResultPage::readFrom);
        weights = BoostFormat.readWeights(in);
        sentHome = in.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(tracker);
        out.writeOptionalString(user);
        out.writeOptionalWriteable(page);
        BoostFormat.write(out, weights);
        out.writeBoolean(sentHome);
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

    /** Those of the tracker where nobody named others. */
    ComponentWeights weights(Tracker which) {
        return weights == null ? which.blend() : weights;
    }

    boolean mayGoHome() {
        return page != null && sentHome == false;
    }

    ResolveInterestRequest sentHome() {
        return new ResolveInterestRequest(tracker, user, page, weights, true);
    }
}
