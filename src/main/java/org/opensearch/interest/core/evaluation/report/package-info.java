/**
 * Runs an evaluation from cases to a report, and renders reports as text, JSON and HTML. Reads no files and no clock;
 * seeds are arguments.
 */
package org.opensearch.interest.core.evaluation.report;
