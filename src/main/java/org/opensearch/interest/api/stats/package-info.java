/**
 * The stats feature: counts of every node since its start, and totals of the cluster. Reads the counts of the floors
 * below.
 */
package org.opensearch.interest.api.stats;
