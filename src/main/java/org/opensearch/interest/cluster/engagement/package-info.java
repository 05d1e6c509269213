/**
 * Learns co-engagement and popularity from the history, stores both, and looks up item boosts for a search. Uses
 * history and stores; knows no profile writer.
 */
package org.opensearch.interest.cluster.engagement;
