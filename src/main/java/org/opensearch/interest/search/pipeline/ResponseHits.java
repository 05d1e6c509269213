package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.document.DocumentField;
import org.opensearch.search.DocValueFormat;
import org.opensearch.search.SearchExtBuilder;
import org.opensearch.search.SearchHit;
import org.opensearch.search.SearchHits;
import org.opensearch.search.aggregations.InternalAggregations;
import org.opensearch.search.internal.InternalSearchResponse;
import org.opensearch.search.profile.SearchProfileShardResults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies of search responses and hits with some of their content replaced. */
public final class ResponseHits {
    private ResponseHits() {}

    /**
     * Returns a copy of the response with these of its hits, in this order; {@code max_score} stays.
     */
    public static SearchResponse replaced(SearchResponse response, SearchHit[] hits) {
        float highest = response.getHits().getMaxScore();
        return replaced(response, hits, highest);
    }

    public static SearchResponse replaced(SearchResponse response, SearchHit[] hits, float maxScore) {
        return replaced(response, hits, maxScore, response.getInternalResponse().getSearchExtBuilders());
    }

    /** Returns a copy of the response with one more element in its {@code ext}. */
    static SearchResponse with(SearchResponse response, SearchExtBuilder ext) {
        List<SearchExtBuilder> all = new ArrayList<>(response.getInternalResponse().getSearchExtBuilders());
        all.add(ext);
        return replaced(response, response.getHits().getHits(), response.getHits().getMaxScore(), all);
    }

    private static SearchResponse replaced(
        SearchResponse response, SearchHit[] hits, float maxScore, List<SearchExtBuilder> ext
    ) {
        SearchHits before = response.getHits();
        SearchHits after = new SearchHits(hits, before.getTotalHits(), maxScore, before.getSortFields(), null, null);
        InternalSearchResponse sections = new InternalSearchResponse(
            after, (InternalAggregations) response.getAggregations(), response.getSuggest(),
            response.getProfileResults().isEmpty() ? null : new SearchProfileShardResults(response.getProfileResults()),
            response.isTimedOut(), response.isTerminatedEarly(), response.getNumReducePhases(), ext,
            response.getInternalResponse().getProcessorResult()
        );
        return new SearchResponse(
            sections, response.getScrollId(), response.getTotalShards(), response.getSuccessfulShards(),
            response.getSkippedShards(), response.getTook().millis(), response.getPhaseTook(),
            response.getShardFailures(), response.getClusters(), response.pointInTimeId()
        );
    }

    /**
     * Returns a copy of the hit with a value beside its {@code _id}: among its metadata, not among the item's own
     * fields.
     */
    public static SearchHit with(SearchHit hit, String name, Object value) {
        Map<String, DocumentField> meta = new HashMap<>(hit.getMetaFields());
        meta.put(name, new DocumentField(name, List.of(value)));
        SearchHit copy = new SearchHit(
            hit.docId(), hit.getId(), hit.getNestedIdentity(), hit.getDocumentFields(), meta
        );
        copy.score(hit.getScore());
        copy.version(hit.getVersion());
        copy.setSeqNo(hit.getSeqNo());
        copy.setPrimaryTerm(hit.getPrimaryTerm());
        copy.sourceRef(hit.getSourceRef());
        copy.highlightFields(hit.getHighlightFields());
        Object[] sort = hit.getSortValues();
        DocValueFormat[] formatted = new DocValueFormat[sort.length];
        Arrays.fill(formatted, DocValueFormat.RAW);
        copy.sortValues(sort, formatted);
        copy.matchedQueriesWithScores(hit.getMatchedQueriesAndScores());
        copy.explanation(hit.getExplanation());
        copy.setInnerHits(hit.getInnerHits());
        copy.shard(hit.getShard());
        return copy;
    }
}
