/**
 * Learns co-engagement and popularity from the history, stores both, and looks up item boosts for a search. Knows
 * history and stores; no profile writer.
 */
package org.opensearch.interest.cluster.engagement;
