/**
 * Trackers, profiles and item vectors where they are kept: in indices. Holds the internal actions too, so that queries and
 * pipelines never call upward. Knows no REST and no query.
 */
package org.opensearch.interest.store;
