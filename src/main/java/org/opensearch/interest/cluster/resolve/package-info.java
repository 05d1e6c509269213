/**
 * Resolves a user to what a search needs: scoring directions, topics and item boosts. Knows stores, profiles and
 * engagement; no query and no REST.
 */
package org.opensearch.interest.cluster.resolve;
