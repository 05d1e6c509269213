package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.Nullable;
import org.opensearch.interest.core.tracking.PipelineCounts.Reason;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.ScoreSortBuilder;
import org.opensearch.search.sort.SortBuilder;
import org.opensearch.search.sort.SortOrder;

import java.util.List;

/** Reasons why a search cannot be personalized or diversified. */
final class SkipReason {
    private SkipReason() {}

    /**
     * Returns the reason why changed scores have no effect, which is a sort by something else than descending score;
     * null if they have an effect.
     */
    @Nullable
    static Reason toScores(SearchSourceBuilder source) {
        List<SortBuilder<?>> sorts = source.sorts();
        boolean byScore = sorts == null || sorts.isEmpty()
            || (sorts.get(0) instanceof ScoreSortBuilder first && first.order() == SortOrder.DESC);
        return byScore ? null : Reason.SORT;
    }

    /**
     * Returns the reason why a window of hits cannot be re-ranked; null if it can. OpenSearch itself refuses to rescore
     * in all of these cases.
     */
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
