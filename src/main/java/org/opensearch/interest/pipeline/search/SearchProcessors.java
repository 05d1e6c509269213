package org.opensearch.interest.pipeline.search;

import org.opensearch.OpenSearchParseException;
import org.opensearch.search.pipeline.Processor;
import org.opensearch.search.pipeline.SearchRequestProcessor;
import org.opensearch.search.pipeline.SearchResponseProcessor;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** A search pipeline's configuration to its processors. */
public final class SearchProcessors {
    /** Events on their way at once: some seconds of work for a model. */
    private static final int CAPTURES = 256;

    private final Supplier<SearchServices> services;
    private final Semaphore captures = new Semaphore(CAPTURES);

    /** A supplier, because a node may ask for its processors before it builds what they need. */
    public SearchProcessors(Supplier<SearchServices> services) {
        this.services = services;
    }

    public Map<String, Processor.Factory<SearchRequestProcessor>> ofRequests() {
        return Map.of(
            PersonalizeProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> new PersonalizeProcessor(
                tag,
                description,
                ignoreFailure,
                read(config, PersonalizeOptions::takeFrom),
                services.get()
            ),
            DiversifyProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> diversify(tag, description, ignoreFailure, config),
            CaptureProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> capture(tag, description, ignoreFailure, config)
        );
    }

    public Map<String, Processor.Factory<SearchResponseProcessor>> ofResponses() {
        return Map.of(
            DiversifyProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> diversify(tag, description, ignoreFailure, config),
            CaptureProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> capture(tag, description, ignoreFailure, config),
            ExplainProcessor.TYPE,
            (others, tag, description, ignoreFailure, config, context) -> new ExplainProcessor(tag, description, ignoreFailure, services.get())
        );
    }

    private DiversifyProcessor diversify(String tag, String description, boolean ignoreFailure, Map<String, Object> config) {
        return new DiversifyProcessor(tag, description, ignoreFailure, read(config, DiversifyOptions::takeFrom), services.get());
    }

    private CaptureProcessor capture(String tag, String description, boolean ignoreFailure, Map<String, Object> config) {
        String tracker = read(config, CaptureProcessor::takeTracker);
        return new CaptureProcessor(tag, description, ignoreFailure, tracker, services.get(), captures);
    }

    /** Of all exceptions, OpenSearch passes only its own on with their status. */
    private static <T> T read(Map<String, Object> config, Function<Map<String, Object>, T> options) {
        try {
            return options.apply(config);
        } catch (IllegalArgumentException e) {
            throw new OpenSearchParseException(e.getMessage(), e);
        }
    }
}
