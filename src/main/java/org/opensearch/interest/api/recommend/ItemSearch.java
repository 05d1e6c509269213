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
 * Builder of the search for a window of items, by the user's interest or by popularity and age.
 *
 * @param seen ids of seen items, which are left out if the options say so
 */
record ItemSearch(Tracker tracker, RecommendOptions options, Set<String> seen) {
    /** @param everything whether all items may be scored; if not, only those that the vector index finds */
    SearchRequest by(RankingTarget target, ResolvedInterest interest, boolean everything) {
        InterestRanking ranking = new InterestRanking(target, null, new RelevanceBlend(1f));
        Strategy strategy = everything ? Strategy.AUTO : Strategy.ANN;
        // at least as many candidates as the window has places
        Integer k = everything ? null : RecommendOptions.MAX_WINDOW;
        InterestClause clause = new InterestClause(ranking, new MatchAllQueryBuilder(), strategy, k, filters());
        return request(new SearchSourceBuilder().query(InterestQueryBuilder.resolved(clause, interest)));
    }

    /**
     * Returns a search for the most popular items first, with the number of events as their score, and then the newest
     * items. The order of age is that of the sequence numbers, which every shard assigns to its items as they arrive.
     */
    SearchRequest byPopularity(Map<String, Double> popular) {
        BoolQueryBuilder query = filters();
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
        // leaves out the vector, which has hundreds of numbers that the client does not need
        source.size(options.window()).fetchSource(null, items.vectorField());
        return new SearchRequest(new String[]{ items.index() }, source)
            .pipeline(SearchPipelineService.NOOP_PIPELINE_ID);
    }

    private BoolQueryBuilder filters() {
        QueryBuilder filter = options.filter() == null ? new MatchAllQueryBuilder() : options.filter();
        BoolQueryBuilder filters = new BoolQueryBuilder().filter(filter);
        if (options.excludeSeen() && seen.isEmpty() == false) {
            filters.mustNot(new IdsQueryBuilder().addIds(seen.toArray(String[]::new)));
        }
        return filters;
    }
}
