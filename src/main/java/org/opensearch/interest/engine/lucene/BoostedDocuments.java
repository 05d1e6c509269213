package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.opensearch.interest.core.ranking.ItemBoost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which documents of one segment are known items: looked up once, one seek an item, so that scoring costs a comparison
 * a document. Reads forward; not thread-safe.
 */
final class BoostedDocuments {
    private static final BoostedDocuments NONE = new BoostedDocuments(List.of());

    private final int[] docs;
    private final ItemBoost[] boosts;
    private int next;

    private record Found(int doc, ItemBoost boosts) {}

    private BoostedDocuments(List<Found> found) {
        docs = found.stream().mapToInt(Found::doc).toArray();
        boosts = found.stream().map(Found::boosts).toArray(ItemBoost[]::new);
    }

    static BoostedDocuments of(LeafReader reader, BoostedItems items) throws IOException {
        Terms terms = items.isEmpty() ? null : reader.terms(items.field());
        if (terms == null) {
            return NONE;
        }
        List<Found> found = new ArrayList<>();
        TermsEnum ids = terms.iterator();
        PostingsEnum postings = null;
        for (Map.Entry<BytesRef, ItemBoost> item : items.byId().entrySet()) {
            if (ids.seekExact(item.getKey())) {
                // an older version of the item may be there, deleted: it is never asked for
                postings = ids.postings(postings, PostingsEnum.NONE);
                for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                    found.add(new Found(doc, item.getValue()));
                }
            }
        }
        found.sort(Comparator.comparingInt(Found::doc));
        return new BoostedDocuments(found);
    }

    /** @param doc not before the document of the call before */
    ItemBoost boosts(int doc) {
        while (next < docs.length && docs[next] < doc) {
            next++;
        }
        return next < docs.length && docs[next] == doc ? boosts[next] : ItemBoost.NONE;
    }

    /** What they add to the item's z. */
    float sum(int doc) {
        return docs.length == 0 ? 0f : boosts(doc).sum();
    }
}
