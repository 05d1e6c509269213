/**
 * Common parts of features: the registration interface, shared requests and the progress of tasks. Knows no feature.
 */
package org.opensearch.interest.api.feature;
