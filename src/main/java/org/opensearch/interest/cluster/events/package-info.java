/**
 * Events from a checked request to profile changes: evidence is looked up, the history's form is made, both go to the
 * writer. Searches and ingest pipelines send events here, too. Knows no REST.
 */
package org.opensearch.interest.cluster.events;
