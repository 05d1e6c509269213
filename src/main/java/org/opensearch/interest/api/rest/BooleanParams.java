package org.opensearch.interest.api.rest;

import org.opensearch.rest.RestRequest;

/** Parameters of a URL that are true or false. */
public final class BooleanParams {
    private BooleanParams() {}

    /** {@code ?name} alone is true. Core reads it, whose message does not say which parameter is wrong. */
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
