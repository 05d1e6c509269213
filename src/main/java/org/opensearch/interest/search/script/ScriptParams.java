package org.opensearch.interest.search.script;

import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.tracking.RankingTarget;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Params of a script: those that the user writes, and the resolved form that replaces them on the way to the shards.
 */
final class ScriptParams {
    private static final Set<String> KEYS = new TreeSet<>(Set.of("tracker", "user", "vector", "field"));
    /** Written only by {@link ScriptResolver}. */
    private static final String RESOLVED = "resolved";

    private ScriptParams() {}

    static boolean isResolved(Map<String, Object> params) {
        return params.containsKey(RESOLVED);
    }

    /**
     * Returns the target in a script's params.
     *
     * @throws IllegalArgumentException if a key is unknown or a value is invalid
     */
    static RankingTarget target(Map<String, Object> params) {
        for (String key : params.keySet()) {
            if (KEYS.contains(key) == false) {
                throw new IllegalArgumentException(
                    "[interest] unknown key [" + key + "] in a script's params; allowed are " + KEYS
                );
            }
        }
        return new RankingTarget(
            string(params, "tracker"), string(params, "user"), vector(params.get("vector")), string(params, "field")
        );
    }

    private static String string(Map<String, Object> params, String key) {
        Object value = params.get(key);
        if (value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException("[interest] [" + key + "] must be a string, but was [" + value + "]");
        }
        return value == null ? null : value.toString();
    }

    private static float[] vector(Object value) {
        if (value == null || value instanceof float[]) {
            return (float[]) value;
        }
        if (value instanceof List<?> list) {
            float[] vector = new float[list.size()];
            for (int i = 0; i < vector.length; i++) {
                if (list.get(i) instanceof Number number) {
                    vector[i] = number.floatValue();
                } else {
                    throw new IllegalArgumentException(
                        "[interest] [vector] must be an array of numbers, but number [" + i + "] was [" + list.get(i)
                            + "]"
                    );
                }
            }
            return vector;
        }
        throw new IllegalArgumentException("[interest] [vector] must be an array of numbers, but was [" + value + "]");
    }

    /** Returns the params of a script whose target is resolved. */
    static Map<String, Object> resolved(ResolvedInterest interest) {
        try (BytesStreamOutput out = new BytesStreamOutput()) {
            interest.writeTo(out);
            return Map.of(RESOLVED, Base64.getEncoder().encodeToString(BytesReference.toBytes(out.bytes())));
        } catch (IOException e) {
            throw new IllegalStateException("a stream in memory failed", e);
        }
    }

    static ResolvedInterest readResolved(Map<String, Object> params) {
        try (StreamInput in = StreamInput.wrap(Base64.getDecoder().decode(String.valueOf(params.get(RESOLVED))))) {
            return ResolvedInterest.readFrom(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "[interest] [" + RESOLVED + "] in a script's params must be left to the plugin; allowed are "
                    + new ArrayList<>(KEYS),
                e
            );
        }
    }
}
