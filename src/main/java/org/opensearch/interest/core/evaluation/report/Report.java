package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;

import java.util.List;
import java.util.Map;

/**
 * Result of an evaluation. Maps keep the order of display.
 *
 * @param protocol    how the cases were made: names to texts, numbers and booleans
 * @param users       number of users with at least one case
 * @param items       number of items in the data
 * @param events      number of events in the data
 * @param cases       number of cases
 * @param methods     by name, each metric by name
 * @param baseline    the method to which the others are compared
 * @param differences by name of the other method: the baseline's NDCG less that of the other, on the same cases
 * @param byHistory   by number of the user's earlier events, NDCG by method
 * @param sweep       by parameters, NDCG on the validation part; empty if nothing was swept
 * @param notes       facts to know before trusting the figures
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
