/**
 * The {@code interest} query: from JSON to a Lucene query; may not know where interests come from beyond the action
 * that resolves them.
 */
package org.opensearch.interest.search.query;
