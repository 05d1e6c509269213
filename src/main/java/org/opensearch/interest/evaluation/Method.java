package org.opensearch.interest.evaluation;

/**
 * A way to rank, as the report names it.
 *
 * @param name in lower case with underscores
 * @param part whose scores it ranks by
 */
record Method(String name, Part part) {}
