/**
 * Processors of search pipelines: they personalize a search, track its text as an event, diversify its hits and explain
 * them. If an error occurs, the search stays unchanged and the failure is counted. Depends on the layers below;
 * independent of the REST layer and of the actions above.
 */
package org.opensearch.interest.search.pipeline;
