package org.opensearch.interest.search.script;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.opensearch.core.index.Index;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.interest.engine.lucene.ItemInterest;
import org.opensearch.interest.search.query.InterestResolver;
import org.opensearch.interest.search.query.ItemField;
import org.opensearch.script.ScoreScript;
import org.opensearch.search.lookup.SearchLookup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Creates the scorers of a segment from a script's params. Stateless. */
final class InterestScoreFactory implements ScoreScript.Factory {
    @Override
    public boolean isResultDeterministic() {
        return true;
    }

    @Override
    public ScoreScript.LeafFactory newFactory(Map<String, Object> params, SearchLookup lookup, IndexSearcher searcher) {
        Index index = lookup.doc().mapperService().index();
        ResolvedInterest interest = interest(index, params);
        if (interest.function() == null) {
            return new PlainScores(params, lookup, searcher);
        }
        String name = interest.field();
        String field = ItemField
            .require(index, name, lookup.doc().mapperService().fieldType(name), interest.function());
        return new InterestScores(new ResolvedInterest(field, interest.function()), params, lookup, searcher);
    }

    private static ResolvedInterest interest(Index index, Map<String, Object> params) {
        try {
            return ScriptParams.isResolved(params) ? ScriptParams.readResolved(params)
                : given(ScriptParams.target(params));
        } catch (IllegalArgumentException e) {
            // Core would replace the message of any other exception with its own.
            throw new QueryShardException(index, "{}", e, e.getMessage());
        }
    }

    private static ResolvedInterest given(RankingTarget target) {
        if (target.needsTracker()) {
            throw new IllegalArgumentException(
                "[interest] a script by [tracker] is resolved only if it is inline, not stored, and in the query, post_filter or rescore of a "
                    + "search; use the [interest] query, which takes the same [tracker] and [user]"
            );
        }
        return InterestResolver.given(target);
    }

    private record InterestScores(
        ResolvedInterest interest,
        Map<String, Object> params,
        SearchLookup lookup,
        IndexSearcher searcher
    ) implements ScoreScript.LeafFactory {
        @Override
        public boolean needs_score() {
            return false;
        }

        @Override
        public ScoreScript newInstance(LeafReaderContext context) throws IOException {
            ItemInterest itemInterest = ItemInterest
                .of(context.reader(), interest.field(), interest.function(), ItemField.known(interest.function()));
            return new ScoreScript(params, lookup, searcher, context) {
                private int doc = -1;

                /* Skips the look-up of doc values, which this script never reads. */
                @Override
                public void setDocument(int document) {
                    doc = document;
                }

                @Override
                public double execute(ExplanationHolder explanation) {
                    if (explanation != null) {
                        explanation.set("interest of the item in field [" + interest.field() + "]");
                    }
                    try {
                        return itemInterest.score(doc);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }
    }

    /** Scores of a user of whom nothing is known: those of the plain search. */
    private record PlainScores(Map<String, Object> params, SearchLookup lookup, IndexSearcher searcher)
        implements
            ScoreScript.LeafFactory {
        @Override
        public boolean needs_score() {
            return true;
        }

        @Override
        public ScoreScript newInstance(LeafReaderContext context) {
            return new ScoreScript(params, lookup, searcher, context) {
                @Override
                public double execute(ExplanationHolder explanation) {
                    if (explanation != null) {
                        explanation.set("_score, because nothing is known of the user");
                    }
                    return get_score();
                }
            };
        }
    }
}
