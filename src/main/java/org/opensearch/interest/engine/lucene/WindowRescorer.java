package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Blends interest into the best hits of a first pass.
 *
 * <p>Every hit goes through the same blend: inside the window with its own interest score, and beyond it with the
 * neutral score, as a document without a vector does. So scores stay comparable inside and beyond the window and across
 * shards. Hits of equal interest keep the order of the first pass, and a hit of the window falls below one beyond it
 * only if its interest score is below that of the catalogue's average item. Immutable, thread-safe.
 */
public final class WindowRescorer {
    private final List<VectorField> fields;
    private final InterestFunction function;
    private final RelevanceBlend blend;
    private final BoostedItems boosted;

    public WindowRescorer(List<VectorField> fields, InterestFunction function, RelevanceBlend blend) {
        this(fields, function, blend, BoostedItems.NONE);
    }

    /** @param boosted the items of the function's {@link InterestFunction#boosts}, by id term of the index */
    public WindowRescorer(
        List<VectorField> fields, InterestFunction function, RelevanceBlend blend, BoostedItems boosted
    ) {
        this.boosted = Objects.requireNonNull(boosted, "known");
        this.fields = List.copyOf(fields);
        this.function = Objects.requireNonNull(function, "function");
        this.blend = Objects.requireNonNull(blend, "blend");
    }

    /**
     * @param hits   the hits of the first pass, best first, with finite scores ≥ 0; rescored and sorted in place
     * @param window the number of hits from the top that get their own interest score
     */
    public void rescore(ScoreDoc[] hits, int window, IndexSearcher searcher) throws IOException {
        if (blend.needsInterest() == false) {
            return;
        }
        int inside = Math.min(window, hits.length);
        ScoreDoc[] byDocument = Arrays.copyOf(hits, inside);
        // Vectors are read forward.
        Arrays.sort(byDocument, Comparator.comparingInt(hit -> hit.doc));
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = null;
        ItemInterest interest = null;
        for (ScoreDoc hit : byDocument) {
            if (leaf == null || hit.doc >= leaf.docBase + leaf.reader().maxDoc()) {
                leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
                interest = ItemInterest.of(leaf, fields, function, boosted);
            }
            hit.score = blend.combine(hit.score, interest.score(hit.doc - leaf.docBase));
        }
        for (int i = inside; i < hits.length; i++) {
            hits[i].score = blend.combine(hits[i].score, InterestFunction.NEUTRAL);
        }
        // The sort is stable: hits of equal score keep the order of the first pass.
        Arrays.sort(hits, (a, b) -> Float.compare(b.score, a.score));
    }

    /**
     * @param first    the explanation of the first pass's score
     * @param rescored whether the document was inside the window
     */
    public Explanation explain(int doc, IndexSearcher searcher, Explanation first, boolean rescored)
        throws IOException {
        if (first.isMatch() == false || blend.needsInterest() == false) {
            return first;
        }
        InterestExplanation explanation = new InterestExplanation(fields, function, blend);
        if (rescored == false) {
            return explanation.ofNeutral(first, "the hit is beyond the rescorer's window");
        }
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        return explanation.of(first, ItemInterest.of(leaf, fields, function, boosted), doc - leaf.docBase);
    }
}
