package org.opensearch.interest.cluster.history;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.search.CreatePitAction;
import org.opensearch.action.search.CreatePitRequest;
import org.opensearch.action.search.DeletePitAction;
import org.opensearch.action.search.DeletePitRequest;
import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.PointInTimeBuilder;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.util.function.Consumer;

/**
 * Reads all hits of a search in their order, page by page, from one point in time, which is closed when the scan ends
 * or fails.
 */
final class PagedScan {
    private static final Logger logger = LogManager.getLogger(PagedScan.class);
    /** Longer than any reader needs for a page. */
    private static final TimeValue KEEP_ALIVE = TimeValue.timeValueMinutes(5);

    interface Page {
        /** @param next receives, once, true to continue or false to end the scan */
        void read(SearchHit[] hits, ActionListener<Boolean> next);
    }

    private final SystemClient client;
    private final String id;

    private PagedScan(SystemClient client, String id) {
        this.client = client;
        this.id = id;
    }

    /** @param source sorted by fields that distinguish any two hits */
    static void read(
        SystemClient client, String[] indices, SearchSourceBuilder source, Consumer<SearchRequest> owner, Page page,
        ActionListener<Void> listener
    ) {
        if (indices.length == 0) {
            listener.onResponse(null);
            return;
        }
        CreatePitRequest create = new CreatePitRequest(KEEP_ALIVE, false, indices);
        create.setIndicesOptions(EventSearch.OPTIONS);
        client.execute(CreatePitAction.INSTANCE, create, ActionListener.wrap(created -> {
            PagedScan pages = new PagedScan(client, created.getId());
            source.pointInTimeBuilder(new PointInTimeBuilder(pages.id).setKeepAlive(KEEP_ALIVE));
            pages.next(source, owner, page, ActionListener.runBefore(listener, pages::close));
        }, listener::onFailure));
    }

    private void next(
        SearchSourceBuilder source, Consumer<SearchRequest> owner, Page page, ActionListener<Void> listener
    ) {
        SearchRequest search = new SearchRequest().source(source).allowPartialSearchResults(false);
        owner.accept(search);
        client.execute(SearchAction.INSTANCE, search, ActionListener.wrap(found -> {
            SearchHit[] hits = found.getHits().getHits();
            if (hits.length == 0) {
                listener.onResponse(null);
                return;
            }
            page.read(hits, ActionListener.wrap(more -> {
                if (more && hits.length == source.size()) {
                    next(source.searchAfter(hits[hits.length - 1].getSortValues()), owner, page, listener);
                } else {
                    listener.onResponse(null);
                }
            }, listener::onFailure));
        }, listener::onFailure));
    }

    private void close() {
        DeletePitRequest delete = new DeletePitRequest(id);
        client.execute(
            DeletePitAction.INSTANCE, delete,
            ActionListener.wrap(deleted -> {}, e -> logger.debug("a point in time could not be closed", e))
        );
    }
}
