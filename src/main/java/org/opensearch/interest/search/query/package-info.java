/**
 * Query {@code interest}, from JSON to a Lucene query. Obtains interests only through the action that resolves them.
 */
package org.opensearch.interest.search.query;
