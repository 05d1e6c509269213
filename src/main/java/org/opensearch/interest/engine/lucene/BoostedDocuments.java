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
 * Documents of one segment that are boosted items. The lookup costs one term seek per item and happens once, so that
 * scoring costs one comparison per document. Reads forward; not thread-safe.
 */
final class BoostedDocuments {
    private static final BoostedDocuments NONE = new BoostedDocuments(List.of());

    private final int[] docs;
    private final ItemBoost[] boosts;
    private int next;

    private record BoostedDocument(int doc, ItemBoost boosts) {}

    private BoostedDocuments(List<BoostedDocument> found) {
        docs = found.stream().mapToInt(BoostedDocument::doc).toArray();
        boosts = found.stream().map(BoostedDocument::boosts).toArray(ItemBoost[]::new);
    }

    static BoostedDocuments of(LeafReader reader, BoostedItems items) throws IOException {
        Terms terms = items.isEmpty() ? null : reader.terms(items.field());
        if (terms == null) {
            return NONE;
        }
        List<BoostedDocument> found = new ArrayList<>();
        TermsEnum ids = terms.iterator();
        PostingsEnum postings = null;
        for (Map.Entry<BytesRef, ItemBoost> item : items.byId().entrySet()) {
            if (ids.seekExact(item.getKey())) {
                // Postings may include a deleted older version of the item; such a document is never scored.
                postings = ids.postings(postings, PostingsEnum.NONE);
                for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                    found.add(new BoostedDocument(doc, item.getValue()));
                }
            }
        }
        found.sort(Comparator.comparingInt(BoostedDocument::doc));
        return new BoostedDocuments(found);
    }

    /** @param doc not before the document of the previous call */
    ItemBoost boosts(int doc) {
        while (next < docs.length && docs[next] < doc) {
            next++;
        }
        return next < docs.length && docs[next] == doc ? boosts[next] : ItemBoost.NONE;
    }

    /** Sum of the item's boosts, added to its z. */
    float sum(int doc) {
        return docs.length == 0 ? 0f : boosts(doc).sum();
    }
}
