/**
 * The {@code interest} rescorer of the query phase; shares the query's way to a user, may not know how interests are
 * stored.
 */
package org.opensearch.interest.search.rescore;
