/**
 * Events as documents in indices by time: writes, reads, scans and deletes them. Uses the stores; knows no profile
 * writer and no request.
 */
package org.opensearch.interest.cluster.history;
