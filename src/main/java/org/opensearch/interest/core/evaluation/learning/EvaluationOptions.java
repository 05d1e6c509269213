package org.opensearch.interest.core.evaluation.learning;

import org.opensearch.interest.core.evaluation.method.MethodNames;
import org.opensearch.interest.core.evaluation.method.ParameterGrid;

import java.util.List;

/**
 * Options of an evaluation. Immutable.
 *
 * @param methods by name, see {@link MethodNames}
 * @param k       length of a list, at least 1
 * @param seed    of all random draws
 * @param threads at least 1
 * @param sweep   parameters to try on the validation part as well; null for none
 */
public record EvaluationOptions(List<String> methods, int k, long seed, int threads, ParameterGrid sweep) {
    public EvaluationOptions {
        methods = List.copyOf(methods);
        methods.forEach(MethodNames::require);
        if (methods.isEmpty() || k < 1 || threads < 1) {
            throw new IllegalArgumentException("an evaluation needs methods, k ≥ 1 and threads ≥ 1");
        }
    }
}
