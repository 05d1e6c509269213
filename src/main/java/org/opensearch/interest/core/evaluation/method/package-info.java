/**
 * Ranking methods under evaluation: scorers that learn event by event and score every item for a case. Knows the data;
 * no metrics.
 */
package org.opensearch.interest.core.evaluation.method;
