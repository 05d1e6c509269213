package org.opensearch.interest.pipeline;

import org.opensearch.OpenSearchParseException;
import org.opensearch.ingest.Processor;

import java.util.Map;
import java.util.function.Supplier;

/** A pipeline's configuration to its processor. */
public final class InterestTrackFactory implements Processor.Factory {
    public static final String TYPE = InterestTrackProcessor.TYPE;

    private final Supplier<EventTracking> tracking;
    private final Supplier<SimulatedIngest> simulation;

    /** Suppliers, because a node asks for its processors before it builds what they need. */
    public InterestTrackFactory(Supplier<EventTracking> tracking, Supplier<SimulatedIngest> simulation) {
        this.tracking = tracking;
        this.simulation = simulation;
    }

    @Override
    public Processor create(Map<String, Processor.Factory> factories, String tag, String description, Map<String, Object> config) {
        TrackOptions options;
        try {
            options = TrackOptions.takeFrom(config);
        } catch (IllegalArgumentException e) {
            // of all exceptions, OpenSearch passes only its own on with their status
            throw new OpenSearchParseException(e.getMessage(), e);
        }
        return new InterestTrackProcessor(tag, description, options, tracking.get(), simulation.get());
    }
}
