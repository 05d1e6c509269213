/**
 * What runs inside ingest and search pipelines. Knows the ports of the floors below; nothing of REST and of the actions
 * above.
 */
package org.opensearch.interest.search.ingest;
