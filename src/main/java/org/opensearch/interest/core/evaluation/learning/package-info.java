/**
 * Learns component weights, half-lives and parameters on a validation period. Depends on metrics and methods; writes no
 * reports.
 */
package org.opensearch.interest.core.evaluation.learning;
