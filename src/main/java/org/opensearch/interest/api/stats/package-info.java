/**
 * Stats feature: the counts of every node since it started, and the number and size of the stored profiles. Reads the
 * counts of the packages below; none of them depends on it.
 */
package org.opensearch.interest.api.stats;
