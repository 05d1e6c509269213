/**
 * Tracker feature: create, read, change, delete, calibrate and rebuild trackers. Handles requests and responses; other
 * packages define what a tracker is.
 */
package org.opensearch.interest.api.tracker;
