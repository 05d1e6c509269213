package org.opensearch.interest.core.evaluation.method;

/**
 * Ranking method, under the name that reports use.
 *
 * @param name   in lower case with underscores
 * @param scorer gives the scores by which the method ranks
 */
public record Method(String name, Scorer scorer) {}
