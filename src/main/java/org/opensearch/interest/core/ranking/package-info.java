/**
 * Scores of interest, and blends of relevance and interest into one order. Depends on core.vector and on nothing of
 * Lucene or OpenSearch, on no clock and no random number.
 */
package org.opensearch.interest.core.ranking;
