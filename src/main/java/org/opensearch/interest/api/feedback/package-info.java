/**
 * Feedback feature, for administrators: clicks and conversions of shown items, from the history. Reports rates by
 * variant and position and the results of experiments.
 */
package org.opensearch.interest.api.feedback;
