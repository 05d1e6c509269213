package org.opensearch.interest.search.query;

import org.opensearch.index.IndexSettings;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.search.deciders.ConcurrentSearchDecision;
import org.opensearch.search.deciders.ConcurrentSearchDecision.DecisionStatus;
import org.opensearch.search.deciders.ConcurrentSearchRequestDecider;

import java.util.Optional;

/**
 * Requests concurrent segment search for searches in which an interest ranks all documents: scoring them all, or
 * walking their vector index, is work that divides well. If another query selects documents, there is little to divide,
 * and the decision is left to core. Only used if {@code search.concurrent_segment_search.mode} is {@code auto}, core's
 * default; the number of threads is core's own setting. One instance per request, used by one thread.
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

    /** Factory that creates one decider for each request. */
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
