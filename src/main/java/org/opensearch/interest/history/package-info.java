/**
 * The events that trackers keep: one document an event, in indices by time. Writes what the one writer of profiles asks for, reads for
 * whoever wants to know what users did, learns from all of them what goes together, and drops what is too old. Knows the store below;
 * nothing of requests.
 */
package org.opensearch.interest.history;
