package org.opensearch.interest.api.rest;

import org.opensearch.rest.RestRequest;

/** Reader of boolean URL parameters. */
public final class BooleanParams {
    private BooleanParams() {}

    /**
     * Reads a parameter; {@code ?name} without a value is true. OpenSearch's own error message does not name the
     * parameter, so this one replaces it.
     */
    public static boolean read(RestRequest request, String name, boolean ifAbsent) {
        try {
            return request.paramAsBoolean(name, ifAbsent);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "[interest] [" + name + "] must be true or false, but was [" + request.param(name) + "]", e
            );
        }
    }
}
