/**
 * The recommend feature: items for a user without a search text. Searches the items' index with the caller's rights;
 * resolving interests and ordering hits come from the floors below.
 */
package org.opensearch.interest.api.recommend;
