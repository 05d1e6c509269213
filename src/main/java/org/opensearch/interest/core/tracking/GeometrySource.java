package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.geometry.Geometry;

/** Provides the geometry of a tracker's catalogue. Thread-safe; blocks only for arithmetic. */
@FunctionalInterface
public interface GeometrySource {
    /** The geometry to read profiles of that many dimensions by; {@link Geometry#flat} where none fits. */
    Geometry of(Tracker tracker, int dimension);
}
