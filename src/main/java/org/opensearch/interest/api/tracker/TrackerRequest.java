package org.opensearch.interest.api.tracker;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

import java.io.IOException;
import java.util.Map;

/**
 * Request about a tracker by name. It has a configuration if it puts a tracker, and no name if it reads all trackers.
 */
public final class TrackerRequest extends ActionRequest {
    private final String name;
    private final Map<String, Object> configuration;

    public TrackerRequest(@Nullable String name, Map<String, Object> configuration) {
        this.name = name;
        this.configuration = configuration;
    }

    public TrackerRequest(StreamInput in) throws IOException {
        super(in);
        name = in.readOptionalString();
        configuration = in.readMap();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeOptionalString(name);
        out.writeMap(configuration);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    String name() {
        return name;
    }

    Map<String, Object> configuration() {
        return configuration;
    }
}
