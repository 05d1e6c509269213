package org.opensearch.interest.search.query;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.internal.SearchContext;

/**
 * Test whether a search reads only the best hits of its query, so that another way to find them changes nothing else.
 * Works on the coordinating node only, where a query can see the search that contains it.
 */
final class TopHitsOnly {
    static final int UNKNOWN = 0;
    /** Size of a page if the search names none. */
    private static final int DEFAULT_SIZE = 10;

    private TopHitsOnly() {}

    /**
     * @return the number of best hits that matter; {@link #UNKNOWN} if other hits matter as well, or if it is not known
     */
    static int of(QueryBuilder query, QueryRewriteContext context) {
        QueryCoordinatorContext coordinator = context.convertToCoordinatorContext();
        if (coordinator == null || coordinator.getSearchRequest() instanceof SearchRequest == false) {
            return UNKNOWN;
        }
        SearchRequest request = (SearchRequest) coordinator.getSearchRequest();
        SearchSourceBuilder source = request.source();
        // If the query is inside another query, documents that are not retrieved here could matter there.
        if (source == null || source.query() != query || request.scroll() != null || needsAllMatches(source)) {
            return UNKNOWN;
        }
        int from = Math.max(0, source.from());
        int size = source.size() < 0 ? DEFAULT_SIZE : source.size();
        return size == 0 ? UNKNOWN : from + size;
    }

    private static boolean needsAllMatches(SearchSourceBuilder source) {
        return source.aggregations() != null || source.postFilter() != null || source.sorts() != null
            || source.collapse() != null || source.rescores() != null || source.searchAfter() != null
            || source.slice() != null || source.minScore() != null
            || Integer.valueOf(SearchContext.TRACK_TOTAL_HITS_ACCURATE).equals(source.trackTotalHitsUpTo());
    }
}
