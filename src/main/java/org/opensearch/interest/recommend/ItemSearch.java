package org.opensearch.interest.recommend;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.IdsQueryBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.interest.query.InterestClause;
import org.opensearch.interest.query.InterestQueryBuilder;
import org.opensearch.interest.query.InterestRanking;
import org.opensearch.interest.query.Strategy;
import org.opensearch.interest.ranking.Blend;
import org.opensearch.interest.store.ResolvedInterest;
import org.opensearch.interest.tracking.Subject;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.pipeline.SearchPipelineService;
import org.opensearch.search.sort.SortOrder;

import java.util.Set;

/**
 * The search for a window of items.
 *
 * @param seen ids of items that are left out where that is wanted
 */
record ItemSearch(Tracker tracker, Subject subject, Wanted wanted, ResolvedInterest interest, Set<String> seen) {
    SearchRequest request() {
        Tracker.Items items = tracker.items();
        SearchSourceBuilder source = new SearchSourceBuilder().size(wanted.window())
            // hundreds of numbers that nobody reads
            .fetchSource(null, items.vectorField());
        if (interest.known().isPresent()) {
            InterestRanking ranking = new InterestRanking(subject, null, new Blend(1f));
            InterestClause clause = new InterestClause(ranking, new MatchAllQueryBuilder(), Strategy.AUTO, null, among());
            source.query(InterestQueryBuilder.resolved(clause, interest));
        } else {
            // numbers are given out in the order of indexing, by every shard its own
            source.query(among()).sort(SeqNoFieldMapper.NAME, SortOrder.DESC);
        }
        return new SearchRequest(new String[] { items.index() }, source).pipeline(SearchPipelineService.NOOP_PIPELINE_ID);
    }

    private QueryBuilder among() {
        BoolQueryBuilder among = new BoolQueryBuilder();
        among.filter(wanted.filter() == null ? new MatchAllQueryBuilder() : wanted.filter());
        if (wanted.excludeSeen() && seen.isEmpty() == false) {
            among.mustNot(new IdsQueryBuilder().addIds(seen.toArray(String[]::new)));
        }
        return among;
    }
}
