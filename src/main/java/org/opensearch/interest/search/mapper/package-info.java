/**
 * Field types {@code interest_vector} and {@code interest_profile}. Depends on documents and mappings, not on users or
 * scores.
 */
package org.opensearch.interest.search.mapper;
