package org.opensearch.interest.cluster.items;

import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.search.aggregations.AggregationBuilders;
import org.opensearch.search.aggregations.bucket.filter.Filters;
import org.opensearch.search.aggregations.bucket.filter.FiltersAggregator.KeyedFilter;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Inverse document frequency of words in a catalogue: ln(1 + N / (1 + n)) if n of N items have the word in their title
 * (Spärck Jones, "A statistical interpretation of term specificity", 1972). A word in no title may be the user's own
 * name for an item, so it counts as one that √N titles contain. Reads the items with the caller's rights; if the search
 * fails, all words get the same value. Thread-safe.
 */
public final class InverseDocumentFrequency {
    private static final ToDoubleFunction<String> UNIFORM = word -> 1;
    private static final String WORDS = "words";
    private static final int MAX_CACHED = 10_000;
    /** Stale values do little harm: a catalogue's vocabulary changes slowly, and labels are only displayed. */
    private static final TimeValue CACHED_FOR = TimeValue.timeValueMinutes(10);
    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(1);

    private record Key(Tracker.Items items, String word) {}

    private final Client client;
    private final Cache<Key, Double> cache = CacheBuilder.<Key, Double>builder()
        .setMaximumWeight(MAX_CACHED)
        .setExpireAfterWrite(CACHED_FOR)
        .build();

    public InverseDocumentFrequency(Client client) {
        this.client = client;
    }

    /**
     * Returns the inverse document frequency of each word; never fails.
     *
     * @param words the words, which may repeat
     */
    public void of(Tracker.Items items, Collection<String> words, ActionListener<ToDoubleFunction<String>> listener) {
        if (items.titleField() == null || words.isEmpty()) {
            listener.onResponse(UNIFORM);
            return;
        }
        Map<String, Double> known = new HashMap<>();
        for (String word : words) {
            Double idf = cache.get(new Key(items, word));
            if (idf != null) {
                known.put(word, idf);
            }
        }
        List<String> missing = words.stream().filter(word -> known.containsKey(word) == false).distinct().toList();
        if (missing.isEmpty()) {
            listener.onResponse(word -> known.getOrDefault(word, 1.0));
            return;
        }
        client.execute(SearchAction.INSTANCE, count(items, missing), ActionListener.wrap(found -> {
            read(found, items, known);
            listener.onResponse(word -> known.getOrDefault(word, 1.0));
        }, e -> listener.onResponse(UNIFORM)));
    }

    private static SearchRequest count(Tracker.Items items, List<String> words) {
        KeyedFilter[] filters = words.stream()
            .map(word -> new KeyedFilter(word, QueryBuilders.matchQuery(items.titleField(), word)))
            .toArray(KeyedFilter[]::new);
        SearchSourceBuilder source = new SearchSourceBuilder().size(0)
            .trackTotalHits(true)
            .timeout(TIMEOUT)
            .aggregation(AggregationBuilders.filters(WORDS, filters));
        return new SearchRequest(items.index()).source(source);
    }

    private void read(SearchResponse found, Tracker.Items items, Map<String, Double> into) {
        long all = found.getHits().getTotalHits().value();
        if (all == 0 || found.isTimedOut() || found.getFailedShards() > 0) {
            // a partial count would make a common word look rare
            return;
        }
        Filters counts = found.getAggregations().get(WORDS);
        for (Filters.Bucket word : counts.getBuckets()) {
            double titles = word.getDocCount() == 0 ? Math.sqrt((double) all) : word.getDocCount();
            double idf = Math.log(1 + all / (1 + titles));
            into.put(word.getKeyAsString(), idf);
            cache.put(new Key(items, word.getKeyAsString()), idf);
        }
    }
}
