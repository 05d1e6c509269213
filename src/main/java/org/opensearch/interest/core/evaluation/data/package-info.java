/**
 * Recorded events as compact arrays, and the protocols that split them into training data and evaluation cases. Knows
 * no ranking method.
 */
package org.opensearch.interest.core.evaluation.data;
