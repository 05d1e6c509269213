package org.opensearch.interest.cluster.history;

import org.opensearch.action.admin.indices.refresh.RefreshAction;
import org.opensearch.action.admin.indices.refresh.RefreshRequest;
import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.common.CheckedFunction;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.util.function.Consumer;

/**
 * Searches indices of events by their names. An empty list of names finds no events, whereas OpenSearch would search
 * all indices. Stateless.
 */
public final class EventSearch {
    /** The indices are hidden, and retention may delete one during a search. */
    static final IndicesOptions OPTIONS = IndicesOptions.LENIENT_EXPAND_OPEN_HIDDEN;

    private final SystemClient client;

    public EventSearch(SystemClient client) {
        this.client = client;
    }

    /** Makes every answered event visible to the searches that follow. Returns the number of shards that failed. */
    void refresh(String[] indices, ActionListener<Integer> listener) {
        if (indices.length == 0) {
            listener.onResponse(0);
            return;
        }
        RefreshRequest refresh = new RefreshRequest(indices).indicesOptions(OPTIONS);
        client.execute(
            RefreshAction.INSTANCE, refresh, ActionListener.map(listener, refreshed -> refreshed.getFailedShards())
        );
    }

    /**
     * Searches all shards; fails if one does not answer.
     *
     * @param none    the answer if there is no index
     * @param reading turns the search response into the answer
     */
    <T> void whole(
        String[] indices, SearchSourceBuilder source, Consumer<SearchRequest> owner, T none,
        CheckedFunction<SearchResponse, T, Exception> reading, ActionListener<T> listener
    ) {
        search(
            indices, source, search -> owner.accept(search.allowPartialSearchResults(false)), none, reading, listener
        );
    }

    /** Like {@link #whole}, but the answer may lack the events of shards that do not answer. */
    public <T> void partial(
        String[] indices, SearchSourceBuilder source, T none, CheckedFunction<SearchResponse, T, Exception> reading,
        ActionListener<T> listener
    ) {
        search(indices, source, search -> {}, none, reading, listener);
    }

    private <T> void search(
        String[] indices, SearchSourceBuilder source, Consumer<SearchRequest> owner, T none,
        CheckedFunction<SearchResponse, T, Exception> reading, ActionListener<T> listener
    ) {
        if (indices.length == 0) {
            listener.onResponse(none);
            return;
        }
        SearchRequest search = new SearchRequest(indices).source(source).indicesOptions(OPTIONS);
        owner.accept(search);
        client.execute(SearchAction.INSTANCE, search, ActionListener.map(listener, reading));
    }
}
