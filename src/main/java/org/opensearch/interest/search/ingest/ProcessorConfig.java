package org.opensearch.interest.search.ingest;

import org.opensearch.OpenSearchParseException;

import java.util.Map;
import java.util.function.Function;

/** Reader of a processor's configuration in a pipeline. */
public final class ProcessorConfig {
    private ProcessorConfig() {}

    /**
     * Reads a configuration and converts errors to exceptions that OpenSearch reports with their status.
     *
     * @param options reads the known keys and removes them from the configuration, or throws
     *                {@link IllegalArgumentException}
     */
    public static <T> T read(Map<String, Object> config, Function<Map<String, Object>, T> options) {
        try {
            return options.apply(config);
        } catch (IllegalArgumentException e) {
            // OpenSearch keeps the status of its own exceptions only
            throw new OpenSearchParseException(e.getMessage(), e);
        }
    }
}
