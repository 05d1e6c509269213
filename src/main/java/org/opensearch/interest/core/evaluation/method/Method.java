package org.opensearch.interest.core.evaluation.method;

/**
 * A way to rank, as the report names it.
 *
 * @param name in lower case with underscores
 * @param part whose scores it ranks by
 */
public record Method(String name, Scorer part) {}
