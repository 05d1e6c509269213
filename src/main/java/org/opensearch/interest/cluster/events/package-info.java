/**
 * Turns the events of a request into profile changes: checks them, looks up their evidence, creates their history form,
 * and sends both to the writer. Searches and ingest pipelines send events here, too. Knows no REST.
 */
package org.opensearch.interest.cluster.events;
