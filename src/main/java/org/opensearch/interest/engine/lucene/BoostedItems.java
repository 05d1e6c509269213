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
 * The items that more speaks for than their vectors, as an index knows them. Immutable.
 *
 * @param field that holds items' ids as terms
 * @param byId  by term, in the order of terms
 */
public record BoostedItems(String field, SortedMap<BytesRef, ItemBoost> byId) {
    /** No item is known by more than its vector. */
    public static final BoostedItems NONE = new BoostedItems("", new TreeMap<>());

    public BoostedItems {
        Objects.requireNonNull(field, "field");
        byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Finds them. */
    Query query() {
        return new TermInSetQuery(field, byId.keySet());
    }
}
