package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.geometry.Geometry;

/** Where the shape of a tracker's catalogue is known. Thread-safe, never blocks on anything but arithmetic. */
@FunctionalInterface
public interface GeometrySource {
    /** The geometry to read profiles of that many dimensions by; {@link Geometry#flat} where none fits. */
    Geometry of(Tracker tracker, int dimension);
}
