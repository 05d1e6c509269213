/**
 * Fits a tracker's geometry to a sample of its items, and caches fitted and prior geometries per node. Uses stores and
 * items; knows no users.
 */
package org.opensearch.interest.cluster.calibration;
