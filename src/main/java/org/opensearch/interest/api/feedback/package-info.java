/**
 * Engagement with impressions, from the history: rates by variant and position, and results of experiments. For
 * administrators.
 */
package org.opensearch.interest.api.feedback;
