/**
 * Evaluation feature: REST handlers, transport actions and responses of {@code _evaluate}. Reads trackers, histories
 * and item vectors; {@code core.evaluation} computes the results.
 */
package org.opensearch.interest.api.evaluation;
