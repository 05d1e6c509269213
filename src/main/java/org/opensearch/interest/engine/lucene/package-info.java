/**
 * Reads item vectors from Lucene's segments and scores them; knows Lucene and {@code ranking} and nothing of
 * OpenSearch.
 */
package org.opensearch.interest.engine.lucene;
