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
 * How much a word says in a catalogue: ln(1 + N / (1 + n)) where n of N items have it in their title (Spärck Jones, "A
 * statistical interpretation of term specificity", 1972). A word that no title has may be the user's own for something
 * that is there: it counts as one that √N titles have. Asked with the caller's rights; where it cannot be asked, all
 * words say the same. Thread-safe.
 */
public final class InverseDocumentFrequency {
    private static final ToDoubleFunction<String> UNKNOWN = word -> 1;
    private static final String WORDS = "words";
    private static final int MOST_REMEMBERED = 10_000;
    /** A catalogue's vocabulary changes slowly, and a label is for show. */
    private static final TimeValue REMEMBERED_FOR = TimeValue.timeValueMinutes(10);
    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(1);

    private record Key(Tracker.Items items, String word) {}

    private final Client client;
    private final Cache<Key, Double> rarities = CacheBuilder.<Key, Double>builder()
        .setMaximumWeight(MOST_REMEMBERED)
        .setExpireAfterWrite(REMEMBERED_FOR)
        .build();

    public InverseDocumentFrequency(Client client) {
        this.client = client;
    }

    /** @param words of which to tell the rarity; never fails */
    public void of(Tracker.Items items, Collection<String> words, ActionListener<ToDoubleFunction<String>> listener) {
        if (items.titleField() == null || words.isEmpty()) {
            listener.onResponse(UNKNOWN);
            return;
        }
        Map<String, Double> known = new HashMap<>();
        for (String word : words) {
            Double rarity = rarities.get(new Key(items, word));
            if (rarity != null) {
                known.put(word, rarity);
            }
        }
        List<String> asked = words.stream().filter(word -> known.containsKey(word) == false).distinct().toList();
        if (asked.isEmpty()) {
            listener.onResponse(word -> known.getOrDefault(word, 1.0));
            return;
        }
        client.execute(SearchAction.INSTANCE, count(items, asked), ActionListener.wrap(found -> {
            read(found, items, known);
            listener.onResponse(word -> known.getOrDefault(word, 1.0));
        }, e -> listener.onResponse(UNKNOWN)));
    }

    private static SearchRequest count(Tracker.Items items, List<String> words) {
        KeyedFilter[] filters = words.stream()
            .map(word -> new KeyedFilter(word, QueryBuilders.matchQuery(items.titleField(), word)))
            .toArray(KeyedFilter[]::new);
        SearchSourceBuilder source = new SearchSourceBuilder().size(0)
            .trackTotalHits(true)
            .timeout(PATIENCE)
            .aggregation(AggregationBuilders.filters(WORDS, filters));
        return new SearchRequest(items.index()).source(source);
    }

    private void read(SearchResponse found, Tracker.Items items, Map<String, Double> into) {
        long all = found.getHits().getTotalHits().value();
        if (all == 0 || found.isTimedOut() || found.getFailedShards() > 0) {
            // half an answer would make a common word look rare
            return;
        }
        Filters counts = found.getAggregations().get(WORDS);
        for (Filters.Bucket word : counts.getBuckets()) {
            double titles = word.getDocCount() == 0 ? Math.sqrt((double) all) : word.getDocCount();
            double rarity = Math.log(1 + all / (1 + titles));
            into.put(word.getKeyAsString(), rarity);
            rarities.put(new Key(items, word.getKeyAsString()), rarity);
        }
    }
}
