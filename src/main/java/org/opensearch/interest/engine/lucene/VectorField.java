package org.opensearch.interest.engine.lucene;

import org.apache.lucene.search.join.BitSetProducer;

import java.util.Objects;

/**
 * Where a segment keeps item vectors.
 *
 * @param name    of the field
 * @param share   how much it counts beside others, in (0,1]; 1 where it is alone
 * @param parents null where an item's vector is its own; else the items have parts with vectors, indexed as nested
 *                documents before each item, this tells which documents are items, and an item interests as much as its
 *                best part does
 */
public record VectorField(String name, float share, BitSetProducer parents) {
    public VectorField {
        Objects.requireNonNull(name, "name");
        if ((share > 0f && share <= 1f) == false) {
            throw new IllegalArgumentException("a field's share must be in (0,1], but is [" + share + "]");
        }
    }

    /** A field that is alone, and whose vectors are the items' own. */
    public static VectorField of(String name) {
        return new VectorField(name, 1f, null);
    }
}
