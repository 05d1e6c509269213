/**
 * The models feature: what REST and other nodes may ask about models, and texts embedded on request. Knows
 * {@code inference} and {@code embedding}; nothing of trackers, users or pipelines.
 */
package org.opensearch.interest.api.model;
