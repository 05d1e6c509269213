/** How relevance and interest become one order; knows vectors and nothing of Lucene, OpenSearch, clocks or chance. */
package org.opensearch.interest.core.ranking;
