/**
 * Documents of trackers, profiles, geometries and evaluation reports in the plugin's own indices. Only this package
 * opens a client with the plugin's rights. Knows no REST and no query.
 */
package org.opensearch.interest.cluster.store;
