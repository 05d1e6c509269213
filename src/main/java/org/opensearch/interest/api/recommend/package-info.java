/**
 * Recommend feature: recommendations without a search query. Searches the items' index with the caller's rights;
 * packages below resolve interests and order hits.
 */
package org.opensearch.interest.api.recommend;
