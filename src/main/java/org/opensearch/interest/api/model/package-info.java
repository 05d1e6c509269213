/**
 * Models feature: REST handlers and transport actions that list and reload models and embed texts. Depends on
 * {@code inference} and {@code embedding}, not on trackers, users or pipelines.
 */
package org.opensearch.interest.api.model;
