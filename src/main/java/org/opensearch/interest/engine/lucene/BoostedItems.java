package org.opensearch.interest.engine.lucene;

import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import org.opensearch.interest.core.ranking.ItemBoost;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Items with a boost besides their vectors, by id term of an index. Immutable.
 *
 * @param field the field that holds items' ids as terms
 * @param byId  the boosts by id term, in the order of terms
 */
public record BoostedItems(String field, SortedMap<BytesRef, ItemBoost> byId) {
    /** No boosted items. */
    public static final BoostedItems NONE = new BoostedItems("", new TreeMap<>());

    public BoostedItems {
        Objects.requireNonNull(field, "field");
        byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Query that matches the boosted items. */
    Query query() {
        return new TermInSetQuery(field, byId.keySet());
    }
}
