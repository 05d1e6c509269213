package org.opensearch.interest.search.pipeline;

import org.opensearch.interest.search.ingest.ProcessorConfig;
import org.opensearch.search.pipeline.Processor;
import org.opensearch.search.pipeline.SearchRequestProcessor;
import org.opensearch.search.pipeline.SearchResponseProcessor;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Factories of the search pipelines' processors. */
public final class SearchProcessors {
    /** Limit of events in flight: some seconds of work for a model. */
    private static final int MAX_CAPTURES = 256;

    private final Supplier<SearchServices> services;
    private final Semaphore captures = new Semaphore(MAX_CAPTURES);

    /** Takes a supplier, because a node may ask for its processors before it builds their services. */
    public SearchProcessors(Supplier<SearchServices> services) {
        this.services = services;
    }

    public Map<String, Processor.Factory<SearchRequestProcessor>> ofRequests() {
        return Map.of(
            PersonalizeProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> new PersonalizeProcessor(
                tag, description, ignoreFailure, ProcessorConfig.read(config, PersonalizeOptions::takeFrom),
                services.get()
            ), DiversifyProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> diversify(
                tag, description, ignoreFailure, config
            ), CaptureProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> capture(
                tag, description, ignoreFailure, config
            )
        );
    }

    public Map<String, Processor.Factory<SearchResponseProcessor>> ofResponses() {
        return Map.of(
            DiversifyProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> diversify(
                tag, description, ignoreFailure, config
            ), CaptureProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> capture(
                tag, description, ignoreFailure, config
            ), ExplainProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> new ExplainProcessor(
                tag, description, ignoreFailure, services.get()
            )
        );
    }

    private DiversifyProcessor diversify(
        String tag, String description, boolean ignoreFailure, Map<String, Object> config
    ) {
        return new DiversifyProcessor(
            tag, description, ignoreFailure, ProcessorConfig.read(config, DiversifyOptions::takeFrom), services.get()
        );
    }

    private CaptureProcessor capture(
        String tag, String description, boolean ignoreFailure, Map<String, Object> config
    ) {
        String tracker = ProcessorConfig.read(config, CaptureProcessor::takeTracker);
        return new CaptureProcessor(tag, description, ignoreFailure, tracker, services.get(), captures);
    }
}
