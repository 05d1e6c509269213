/**
 * Explains hits by components, topics and past events with their shares of the score. Reads profiles and history with
 * the plugin's rights, and item titles with the caller's. Knows no query.
 */
package org.opensearch.interest.cluster.explanation;
