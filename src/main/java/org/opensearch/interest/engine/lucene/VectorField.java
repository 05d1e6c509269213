package org.opensearch.interest.engine.lucene;

import org.apache.lucene.search.join.BitSetProducer;

import java.util.Objects;

/**
 * Field that holds item vectors.
 *
 * @param name    the field's name
 * @param share   the weight among the fields, in (0,1]; 1 for a single field
 * @param parents null if the vector is in the item's own document. Otherwise the vectors are in nested documents, which
 *                are indexed before their item; this producer has the documents that are items, and an item's interest
 *                score is that of its best nested document.
 */
public record VectorField(String name, float share, BitSetProducer parents) {
    public VectorField {
        Objects.requireNonNull(name, "name");
        if ((share > 0f && share <= 1f) == false) {
            throw new IllegalArgumentException("a field's share must be in (0,1], but is [" + share + "]");
        }
    }

    /** Single field whose vectors are in the items' own documents. */
    public static VectorField of(String name) {
        return new VectorField(name, 1f, null);
    }
}
