/**
 * Metrics of ranked lists, confidence intervals, and the measurement of methods on evaluation cases. Knows methods and
 * data; learns nothing.
 */
package org.opensearch.interest.core.evaluation.metric;
