package org.opensearch.interest.search.ingest;

import org.opensearch.OpenSearchParseException;

import java.util.Map;
import java.util.function.Function;

/** What a pipeline says of one of its processors. */
public final class ProcessorConfig {
    private ProcessorConfig() {}

    /**
     * @param options takes the keys it knows out of the configuration, and fails with {@link IllegalArgumentException}
     */
    public static <T> T read(Map<String, Object> config, Function<Map<String, Object>, T> options) {
        try {
            return options.apply(config);
        } catch (IllegalArgumentException e) {
            // of all exceptions, OpenSearch passes only its own on with their status
            throw new OpenSearchParseException(e.getMessage(), e);
        }
    }
}
