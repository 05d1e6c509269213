/**
 * Metrics of ranked lists, confidence intervals, and the measurement of methods on evaluation cases. Depends on methods
 * and data; learns nothing.
 */
package org.opensearch.interest.core.evaluation.metric;
