/**
 * The shape of a catalogue's vectors (mean and covariance), and what it makes of a direction. Knows no user and no
 * engine.
 */
package org.opensearch.interest.core.geometry;
