/**
 * The distribution of a catalogue's vectors (mean and covariance), and the directions derived from it. Depends on no
 * user data and no engine.
 */
package org.opensearch.interest.core.geometry;
