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
 * <p>Every hit goes through one and the same blend, with its own interest inside the window and as neutral beyond it,
 * just as a document without a vector does. So scores stay comparable inside and beyond the window, and from shard to
 * shard: among hits of equal interest the order stays that of the first pass, and a hit of the window falls below one
 * beyond it only where it interests less than the catalogue's average item. Immutable, thread-safe.
 */
public final class WindowRescorer {
    private final List<VectorField> fields;
    private final InterestFunction function;
    private final RelevanceBlend blend;
    private final BoostedItems known;

    public WindowRescorer(List<VectorField> fields, InterestFunction function, RelevanceBlend blend) {
        this(fields, function, blend, BoostedItems.NONE);
    }

    /** @param known the items of the function's {@link InterestFunction#boosts}, as the index knows them */
    public WindowRescorer(
        List<VectorField> fields, InterestFunction function, RelevanceBlend blend, BoostedItems known
    ) {
        this.known = Objects.requireNonNull(known, "known");
        this.fields = List.copyOf(fields);
        this.function = Objects.requireNonNull(function, "function");
        this.blend = Objects.requireNonNull(blend, "blend");
    }

    /**
     * @param hits   of the first pass, best first; their scores finite and ≥ 0. Changed and put in order in place.
     * @param window how many of them, from the first on, are held against the interest
     */
    public void rescore(ScoreDoc[] hits, int window, IndexSearcher searcher) throws IOException {
        if (blend.needsInterest() == false) {
            return;
        }
        int inside = Math.min(window, hits.length);
        ScoreDoc[] byDocument = Arrays.copyOf(hits, inside);
        // vectors are read forward
        Arrays.sort(byDocument, Comparator.comparingInt(hit -> hit.doc));
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = null;
        ItemInterest interest = null;
        for (ScoreDoc hit : byDocument) {
            if (leaf == null || hit.doc >= leaf.docBase + leaf.reader().maxDoc()) {
                leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
                interest = ItemInterest.of(leaf, fields, function, known);
            }
            hit.score = blend.combine(hit.score, interest.score(hit.doc - leaf.docBase));
        }
        for (int i = inside; i < hits.length; i++) {
            hits[i].score = blend.combine(hits[i].score, InterestFunction.NEUTRAL);
        }
        // a stable sort: equals keep the order of the first pass
        Arrays.sort(hits, (a, b) -> Float.compare(b.score, a.score));
    }

    /**
     * @param first    how the first pass came to its score
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
        return explanation.of(first, ItemInterest.of(leaf, fields, function, known), doc - leaf.docBase);
    }
}
