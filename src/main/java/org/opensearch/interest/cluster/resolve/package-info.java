/**
 * Resolves a user to the scoring directions, topics and item boosts of a search. Uses stores, profiles and engagement;
 * knows no query and no REST.
 */
package org.opensearch.interest.cluster.resolve;
