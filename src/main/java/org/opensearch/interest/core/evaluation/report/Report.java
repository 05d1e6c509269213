package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;

import java.util.List;
import java.util.Map;

/**
 * What an evaluation found. Maps keep the order in which to show them.
 *
 * @param protocol    how it was asked: names to texts, numbers and booleans
 * @param users       with at least one case
 * @param items       in the data
 * @param events      in the data
 * @param cases       how many questions were put
 * @param methods     by name, each metric by name
 * @param baseline    the method that the differences are to
 * @param differences by the names of the other methods: the baseline's NDCG less theirs, on the same cases
 * @param byHistory   by number of the user's earlier events, NDCG by method
 * @param sweep       by parameters, NDCG on the validation part; empty where nothing was swept
 * @param notes       what to know before trusting the figures
 */
public record Report(
    Map<String, Object> protocol,
    int users,
    int items,
    int events,
    int cases,
    Map<String, Map<String, ConfidenceInterval>> methods,
    String baseline,
    Map<String, ConfidenceInterval> differences,
    Map<String, Map<String, Double>> byHistory,
    Map<String, ConfidenceInterval> sweep,
    List<String> notes
) {}
