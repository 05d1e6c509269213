package org.opensearch.interest.cluster.history;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.DocWriteRequest;
import org.opensearch.action.bulk.BulkAction;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.engine.VersionConflictEngineException;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.fetch.subphase.FetchSourceContext;

import java.util.List;
import java.util.function.Function;

/**
 * Processes all documents that match a query until none matches any longer. Each step searches one page, writes one
 * bulk that removes each document from the matches, and refreshes. It finds everything that was written before it
 * begins; when it answers, no search finds these documents any more.
 */
final class BulkPurge {
    private static final int PAGE = 1_000;

    private final SystemClient client;
    private final EventSearch search;
    private final Function<SearchHit, List<DocWriteRequest<?>>> writes;
    private final boolean withSource;

    /**
     * @param writes returns the writes for a document; after them the query must not match it any longer; version
     *               conflicts count as done
     */
    BulkPurge(SystemClient client, boolean withSource, Function<SearchHit, List<DocWriteRequest<?>>> writes) {
        this.client = client;
        this.search = new EventSearch(client);
        this.withSource = withSource;
        this.writes = writes;
    }

    /** @param listener receives the number of documents found */
    void run(String[] indices, QueryBuilder query, ActionListener<Long> listener) {
        search.refresh(indices, ActionListener.wrap(failed -> {
            if (failed > 0) {
                throw new OpenSearchStatusException(
                    "[interest] the history cannot be read completely now: try again later",
                    RestStatus.SERVICE_UNAVAILABLE
                );
            }
            page(indices, query, 0, listener);
        }, listener::onFailure));
    }

    private void page(String[] indices, QueryBuilder query, long before, ActionListener<Long> listener) {
        SearchSourceBuilder source = new SearchSourceBuilder().query(query).size(PAGE).trackTotalHits(false);
        source.fetchSource(withSource ? FetchSourceContext.FETCH_SOURCE : FetchSourceContext.DO_NOT_FETCH_SOURCE);
        search.whole(
            indices, source, search -> {}, new SearchHit[0], found -> found.getHits().getHits(),
            ActionListener.wrap(hits -> {
                if (hits.length == 0) {
                    listener.onResponse(before);
                    return;
                }
                BulkRequest bulk = new BulkRequest().setRefreshPolicy(RefreshPolicy.IMMEDIATE);
                for (SearchHit hit : hits) {
                    writes.apply(hit).forEach(bulk::add);
                }
                client.execute(BulkAction.INSTANCE, bulk, ActionListener.wrap(written -> {
                    requireWritten(written.getItems());
                    page(indices, query, before + hits.length, listener);
                }, listener::onFailure));
            }, listener::onFailure)
        );
    }

    private static void requireWritten(BulkItemResponse[] items) throws Exception {
        for (BulkItemResponse item : items) {
            if (item.isFailed() && ExceptionsHelper
                .unwrapCause(item.getFailure().getCause()) instanceof VersionConflictEngineException == false) {
                throw item.getFailure().getCause();
            }
        }
    }
}
