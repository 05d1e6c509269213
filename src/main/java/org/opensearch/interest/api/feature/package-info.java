/**
 * Shared classes of all features: the registration interface, common requests and the progress of tasks. Depends on no
 * feature.
 */
package org.opensearch.interest.api.feature;
