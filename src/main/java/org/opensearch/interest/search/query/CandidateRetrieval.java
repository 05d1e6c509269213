package org.opensearch.interest.search.query;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.engine.lucene.Candidates;
import org.opensearch.interest.engine.lucene.ProbeCost;
import org.opensearch.interest.engine.lucene.VectorField;

import java.io.IOException;
import java.util.List;

/**
 * Selection of the documents that a shard scores.
 *
 * @param k    the number of candidates per probe
 * @param page the number of best hits that matter if nothing else does, otherwise {@link TopHitsOnly#UNKNOWN}
 */
record CandidateRetrieval(Strategy strategy, int k, int page) {
    /** @return the inner query, or the inner query restricted to candidates from the vector index */
    Query restrict(
        Query inner, List<VectorField> fields, InterestFunction function, RelevanceBlend blend,
        QueryShardContext context
    ) throws IOException {
        IndexReader reader = context.getIndexReader();
        if (reader == null || strategy == Strategy.EXACT) {
            return inner;
        }
        for (VectorField field : fields) {
            if (Candidates.canBeProbed(reader, field.name()) == false) {
                if (strategy == Strategy.AUTO) {
                    return inner;
                }
                throw new QueryShardException(
                    context,
                    "[interest] [strategy] [ann] needs a vector index of floats, but field [" + field.name()
                        + "] keeps its vectors in another way; use [exact], or index the field for vector search"
                );
            }
        }
        return strategy == Strategy.ANN || pays(inner, fields, function, blend, context)
            ? candidates(inner, fields, function, context)
            : inner;
    }

    /**
     * Decides for {@link Strategy#AUTO}. Candidates are used only if the search cannot see the documents left out: it
     * reads one page of hits, ranked by interest alone.
     */
    private boolean pays(
        Query inner, List<VectorField> fields, InterestFunction function, RelevanceBlend blend,
        QueryShardContext context
    ) throws IOException {
        if (page == TopHitsOnly.UNKNOWN || page > k || blend.needsRelevance() || context.searcher() == null) {
            return false;
        }
        long vectors = 0;
        for (VectorField field : fields) {
            vectors += Candidates.vectors(context.getIndexReader(), field.name());
        }
        int probes = function.probed().size() * fields.size();
        int directions = function.directions().size() * fields.size();
        long all = context.getIndexReader().numDocs();
        // The first test avoids examining the inner query in all indices in which no number of matches would change the
        // answer.
        return ProbeCost.pays(all, vectors, probes, directions, k)
            && ProbeCost.pays(Math.min(all, matches(inner, context.searcher())), vectors, probes, directions, k);
    }

    /** Upper estimate of the number of matches, from Lucene's scorers. */
    private static long matches(Query inner, IndexSearcher searcher) throws IOException {
        if (inner instanceof MatchAllDocsQuery) {
            return searcher.getIndexReader().numDocs();
        }
        Weight weight = searcher.createWeight(searcher.rewrite(inner), ScoreMode.COMPLETE_NO_SCORES, 1f);
        long matches = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            ScorerSupplier supplier = weight.scorerSupplier(leaf);
            matches += supplier == null ? 0 : supplier.cost();
        }
        return matches;
    }

    private Query candidates(
        Query inner, List<VectorField> fields, InterestFunction function, QueryShardContext context
    ) {
        Query candidateFilter = inner instanceof MatchAllDocsQuery ? null : inner;
        if (candidateFilter != null && fields.stream().anyMatch(field -> field.parents() != null)) {
            // The join from items to their nested documents breaks if the query matches nested documents as well.
            candidateFilter = new BooleanQuery.Builder().add(inner, BooleanClause.Occur.FILTER)
                .add(ItemField.itemsAbove(context), BooleanClause.Occur.FILTER)
                .build();
        }
        Query candidates = Candidates.nearest(fields, function, ItemField.known(function), k, candidateFilter);
        return new BooleanQuery.Builder().add(inner, BooleanClause.Occur.MUST)
            .add(candidates, BooleanClause.Occur.FILTER)
            .build();
    }
}
