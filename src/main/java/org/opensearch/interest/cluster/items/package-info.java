/**
 * Items of a tracker: vectors, titles, mappings and term statistics, read with the caller's rights. Knows no profile
 * and no event.
 */
package org.opensearch.interest.cluster.items;
