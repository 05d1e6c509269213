/**
 * Processors of ingest pipelines: embeddings of documents, and tracking of event documents. Depends on the interfaces
 * of the layers below; independent of the REST layer and of the actions above.
 */
package org.opensearch.interest.search.ingest;
