package org.opensearch.interest.search.query;

import org.opensearch.index.IndexSettings;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.search.deciders.ConcurrentSearchDecision;
import org.opensearch.search.deciders.ConcurrentSearchDecision.DecisionStatus;
import org.opensearch.search.deciders.ConcurrentSearchRequestDecider;

import java.util.Optional;

/**
 * Asks core to search a shard's segments side by side where an interest ranks all documents: scoring them all, or
 * walking their vector index, is work that divides. Where another query selects, there is little to divide, and core
 * decides as it would without us. Heard where {@code search.concurrent_segment_search.mode} is {@code auto}, which is
 * core's default; how many threads a search may take is core's own setting. One a request, one thread.
 */
public final class ConcurrentInterest extends ConcurrentSearchRequestDecider {
    private static final ConcurrentSearchDecision NO_OPINION = new ConcurrentSearchDecision(
        DecisionStatus.NO_OP, "no interest ranks all documents"
    );
    private static final ConcurrentSearchDecision YES = new ConcurrentSearchDecision(
        DecisionStatus.YES, "an interest ranks all documents"
    );

    private ConcurrentSearchDecision decision = NO_OPINION;

    private ConcurrentInterest() {}

    /** Makes one for each request. */
    public static ConcurrentSearchRequestDecider.Factory factory() {
        return new Factory() {
            @Override
            public Optional<ConcurrentSearchRequestDecider> create(IndexSettings settings) {
                return Optional.of(new ConcurrentInterest());
            }
        };
    }

    @Override
    public void evaluateForQuery(QueryBuilder query, IndexSettings settings) {
        if (query instanceof InterestQueryBuilder interest && ranksAll(interest.clause())) {
            decision = YES;
        }
    }

    static boolean ranksAll(InterestClause clause) {
        return clause.query() instanceof MatchAllQueryBuilder && clause.ranking().blend().needsInterest();
    }

    @Override
    public ConcurrentSearchDecision getConcurrentSearchDecision() {
        return decision;
    }
}
