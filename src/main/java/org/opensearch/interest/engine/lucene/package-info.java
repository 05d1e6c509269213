/**
 * Reads item vectors from Lucene's segments and scores them. Depends on Lucene and {@code core.ranking}, not on
 * OpenSearch.
 */
package org.opensearch.interest.engine.lucene;
