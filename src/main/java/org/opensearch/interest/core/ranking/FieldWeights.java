package org.opensearch.interest.core.ranking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of several vector fields of one item: the item's interest is the weighted mean of the interests of its
 * fields, and a field without a vector counts as neutral. Immutable.
 *
 * @param weights from field to weight, 1 to {@value #MAX} of them, in the order given; finite and above 0. Only their
 *                ratios matter.
 */
public record FieldWeights(Map<String, Float> weights) {
    public static final int MAX = 16;

    public FieldWeights {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        if (weights.isEmpty() || weights.size() > MAX) {
            throw new IllegalArgumentException(
                "[interest] [fields] must hold 1 to " + MAX + " fields, but holds [" + weights.size() + "]"
            );
        }
        weights.forEach((field, weight) -> {
            if (field.isBlank()) {
                throw new IllegalArgumentException(
                    "[interest] [fields] must not hold a blank name, but was [" + field + "]"
                );
            }
            if ((weight > 0f && Float.isFinite(weight)) == false) {
                throw new IllegalArgumentException(
                    "[interest] [fields] must hold finite weights above 0, but the weight of [" + field + "] was ["
                        + weight + "]"
                );
            }
        });
    }

    /** The first field in the given order. */
    public String first() {
        return weights.keySet().iterator().next();
    }

    /** The field's share of the sum of all weights, in (0,1]. */
    public float share(String field) {
        double sum = 0;
        for (float weight : weights.values()) {
            sum += weight;
        }
        return (float) (weights.get(field) / sum);
    }
}
