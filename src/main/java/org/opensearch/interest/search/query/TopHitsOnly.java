package org.opensearch.interest.search.query;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.internal.SearchContext;

/**
 * Whether a search asks its query for the best hits and for nothing else, so that finding these in another way changes
 * nothing else. Known on the coordinating node alone, where a query can see the search it stands in.
 */
final class TopHitsOnly {
    static final int UNKNOWN = 0;
    /** Of a search that names none. */
    private static final int DEFAULT_SIZE = 10;

    private TopHitsOnly() {}

    /** @return how many of the best hits count; {@link #UNKNOWN} where others count as well, or nobody can tell */
    static int of(QueryBuilder query, QueryRewriteContext context) {
        QueryCoordinatorContext coordinator = context.convertToCoordinatorContext();
        if (coordinator == null || coordinator.getSearchRequest() instanceof SearchRequest == false) {
            return UNKNOWN;
        }
        SearchRequest request = (SearchRequest) coordinator.getSearchRequest();
        SearchSourceBuilder source = request.source();
        // inside another query, what is not retrieved here might count there
        if (source == null || source.query() != query || request.scroll() != null || looksAtMore(source)) {
            return UNKNOWN;
        }
        int from = Math.max(0, source.from());
        int size = source.size() < 0 ? DEFAULT_SIZE : source.size();
        return size == 0 ? UNKNOWN : from + size;
    }

    private static boolean looksAtMore(SearchSourceBuilder source) {
        return source.aggregations() != null || source.postFilter() != null || source.sorts() != null
            || source.collapse() != null || source.rescores() != null || source.searchAfter() != null
            || source.slice() != null || source.minScore() != null
            || Integer.valueOf(SearchContext.TRACK_TOTAL_HITS_ACCURATE).equals(source.trackTotalHitsUpTo());
    }
}
