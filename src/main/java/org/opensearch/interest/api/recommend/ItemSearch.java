package org.opensearch.interest.api.recommend;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.ConstantScoreQueryBuilder;
import org.opensearch.index.query.IdsQueryBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.search.query.InterestClause;
import org.opensearch.interest.search.query.InterestQueryBuilder;
import org.opensearch.interest.search.query.InterestRanking;
import org.opensearch.interest.search.query.Strategy;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.pipeline.SearchPipelineService;
import org.opensearch.search.sort.SortOrder;

import java.util.Map;
import java.util.Set;

/**
 * The search for a window of items, by the user's interest, or by what is popular and new.
 *
 * @param seen ids of items that are left out where that is wanted
 */
record ItemSearch(Tracker tracker, RecommendOptions wanted, Set<String> seen) {
    /** @param everything whether all items may be scored; else only those that the vector index finds */
    SearchRequest by(RankingTarget target, ResolvedInterest interest, boolean everything) {
        InterestRanking ranking = new InterestRanking(target, null, new RelevanceBlend(1f));
        Strategy strategy = everything ? Strategy.AUTO : Strategy.ANN;
        // no fewer candidates than the window has places
        Integer k = everything ? null : RecommendOptions.MAX_WINDOW;
        InterestClause clause = new InterestClause(ranking, new MatchAllQueryBuilder(), strategy, k, among());
        return request(new SearchSourceBuilder().query(InterestQueryBuilder.resolved(clause, interest)));
    }

    /**
     * The most popular first, their score the number of events; behind them the newest: every shard numbers its items
     * as they come.
     */
    SearchRequest byPopularity(Map<String, Double> popular) {
        BoolQueryBuilder query = among();
        popular.forEach(
            (id, events) -> query
                .should(new ConstantScoreQueryBuilder(new IdsQueryBuilder().addIds(id)).boost(events.floatValue()))
        );
        query.minimumShouldMatch(0);
        SearchSourceBuilder source = new SearchSourceBuilder().query(query).trackScores(true);
        return request(source.sort("_score", SortOrder.DESC).sort(SeqNoFieldMapper.NAME, SortOrder.DESC));
    }

    private SearchRequest request(SearchSourceBuilder source) {
        Tracker.Items items = tracker.items();
        // the vector's hundreds of numbers are of no use in the answer
        source.size(wanted.window()).fetchSource(null, items.vectorField());
        return new SearchRequest(new String[]{ items.index() }, source)
            .pipeline(SearchPipelineService.NOOP_PIPELINE_ID);
    }

    private BoolQueryBuilder among() {
        QueryBuilder filter = wanted.filter() == null ? new MatchAllQueryBuilder() : wanted.filter();
        BoolQueryBuilder among = new BoolQueryBuilder().filter(filter);
        if (wanted.excludeSeen() && seen.isEmpty() == false) {
            among.mustNot(new IdsQueryBuilder().addIds(seen.toArray(String[]::new)));
        }
        return among;
    }
}
