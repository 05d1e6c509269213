/**
 * The field types {@code interest_vector} and {@code interest_profile}; knows documents and mappings and nothing of
 * users or scores.
 */
package org.opensearch.interest.search.mapper;
