package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.SimilarityFunction;

import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Query for the k vectors nearest to one direction, searched with a larger breadth than k. A direction that was
 * transformed by a catalogue's geometry walks a vector index badly: the first hundred are found only if the walk keeps
 * three hundred. Immutable, thread-safe.
 */
final class ProbeQuery extends KnnFloatVectorQuery {
    private final int wanted;

    /**
     * @param direction of unit length
     * @param breadth   the number of vectors that the walk keeps in its queue
     * @param wanted    the number of nearest vectors to return; at most the breadth
     * @param filter    the documents that may be found; null for all
     */
    ProbeQuery(String field, float[] direction, int breadth, int wanted, Query filter) {
        super(field, direction, breadth, filter);
        this.wanted = wanted;
    }

    /** Drops the vectors beyond {@code wanted} that the breadth found. */
    @Override
    protected TopDocs mergeLeafResults(TopDocs[] perLeaf) {
        return TopDocs.merge(wanted, perLeaf);
    }

    /**
     * Falls back to Lucene's arithmetic. A field of the k-NN plugin may score vectors with native code that is missing
     * on this machine, and that error would end the node.
     */
    @Override
    protected TopDocs approximateSearch(
        LeafReaderContext context, AcceptDocs accepted, int visitLimit, KnnCollectorManager manager
    ) throws IOException {
        try {
            return super.approximateSearch(context, accepted, visitLimit, manager);
        } catch (LinkageError e) {
            return nearest(context, accepted);
        }
    }

    private TopDocs nearest(LeafReaderContext context, AcceptDocs accepted) throws IOException {
        InterestFunction similarity = new SimilarityFunction(target);
        ItemInterest interest = ItemInterest.of(context.reader(), field, similarity, BoostedItems.NONE);
        PriorityQueue<ScoreDoc> best = new PriorityQueue<>(Comparator.comparingDouble(hit -> hit.score));
        DocIdSetIterator documents = accepted.iterator();
        int seen = 0;
        for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
            if (interest.dots(doc)[0] == null) {
                continue;
            }
            seen++;
            best.add(new ScoreDoc(doc, interest.score(doc)));
            if (best.size() > k) {
                best.poll();
            }
        }
        ScoreDoc[] hits = best.stream().sorted((a, b) -> Float.compare(b.score, a.score)).toArray(ScoreDoc[]::new);
        return new TopDocs(new TotalHits(seen, TotalHits.Relation.EQUAL_TO), hits);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && wanted == ((ProbeQuery) other).wanted;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + wanted;
    }
}
