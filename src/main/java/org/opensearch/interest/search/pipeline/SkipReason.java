package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.Nullable;
import org.opensearch.interest.core.tracking.PipelineCounts.Reason;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.ScoreSortBuilder;
import org.opensearch.search.sort.SortBuilder;
import org.opensearch.search.sort.SortOrder;

import java.util.List;

/** What keeps a search from being ranked in another way than it asks for. */
final class SkipReason {
    private SkipReason() {}

    /**
     * For whoever changes scores as they are found. Null where nothing does: only another order than that of scores
     * makes them idle.
     */
    @Nullable
    static Reason toScores(SearchSourceBuilder source) {
        List<SortBuilder<?>> sorts = source.sorts();
        boolean byScore = sorts == null || sorts.isEmpty()
            || (sorts.get(0) instanceof ScoreSortBuilder first && first.order() == SortOrder.DESC);
        return byScore ? null : Reason.SORT;
    }

    /** For whoever re-ranks a window of hits. Core refuses to rescore any of these. */
    @Nullable
    static Reason toWindows(SearchRequest request) {
        SearchSourceBuilder source = request.source();
        if ((source.sorts() != null && source.sorts().isEmpty() == false) || source.searchAfter() != null) {
            return Reason.SORT;
        }
        if (source.collapse() != null) {
            return Reason.COLLAPSE;
        }
        return request.scroll() == null ? null : Reason.SCROLL;
    }
}
