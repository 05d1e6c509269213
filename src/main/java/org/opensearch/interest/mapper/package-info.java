/** The field type {@code interest_vector}; knows documents and mappings and nothing of users or scores. */
package org.opensearch.interest.mapper;
