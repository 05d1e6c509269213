/**
 * Replays recorded events and asks how each way of ranking would have ordered every user's next items: data, protocols, methods,
 * metrics, intervals. Knows the JDK and the floors below; no files, no clock, no chance but its seeds.
 */
package org.opensearch.interest.evaluation;
