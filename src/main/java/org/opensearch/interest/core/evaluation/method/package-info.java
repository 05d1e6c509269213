/**
 * Ranking methods under evaluation: scorers that learn event by event and score every item for a case. Depends on the
 * data, not on metrics.
 */
package org.opensearch.interest.core.evaluation.method;
