/**
 * The stats feature: what every node counted since it started, and what the cluster keeps. Reads the counts of the
 * floors below; nobody below knows it.
 */
package org.opensearch.interest.api.stats;
