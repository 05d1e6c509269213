package org.opensearch.interest.cluster.engagement;

import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.cluster.history.EventDocument;
import org.opensearch.interest.cluster.history.EventSearch;
import org.opensearch.interest.cluster.history.HistoryIndices;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.search.aggregations.AggregationBuilders;
import org.opensearch.search.aggregations.bucket.terms.Terms;
import org.opensearch.search.builder.SearchSourceBuilder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Returns the items that many users engaged with recently: from the engagement snapshot, or, if there is none, counted
 * from the events of the last half-life. Thread-safe; never blocks.
 */
public final class PopularItems {
    private static final String BY_ITEM = "by_item";
    /** Minimum decayed count; a single engagement falls below it after ten half-lives. */
    private static final double LEAST = 0.001;

    private final EventSearch search;
    private final EngagementStore engagement;
    private final HistoryIndices indices;

    public PopularItems(SystemClient client, InterestIndex indices, EngagementStore engagement) {
        this.search = new EventSearch(client);
        this.indices = new HistoryIndices(indices);
        this.engagement = engagement;
    }

    /**
     * Returns the most popular items.
     *
     * @param now      milliseconds since 1970
     * @param max      maximum number of items
     * @param listener receives the decayed count of engagements by item id, the highest first
     */
    public void of(Tracker tracker, long now, int max, ActionListener<Map<String, Double>> listener) {
        if (tracker.history().enabled() == false || engagement.exists(tracker) == false) {
            count(tracker, now, max, listener);
            return;
        }
        engagement.get(tracker, List.of(), ActionListener.wrap(found -> {
            Map<String, Double> counts = new LinkedHashMap<>();
            found.map(EngagementStore.Found::snapshot)
                .ifPresent(snapshot -> snapshot.favourites().stream().limit(max).forEach(favourite -> {
                    double count = snapshot.fading(now) * favourite.count();
                    if (count >= LEAST) {
                        counts.put(favourite.item(), count);
                    }
                }));
            if (counts.isEmpty()) {
                count(tracker, now, max, listener);
            } else {
                listener.onResponse(counts);
            }
        }, e -> count(tracker, now, max, listener)));
    }

    private void count(Tracker tracker, long now, int max, ActionListener<Map<String, Double>> listener) {
        count(tracker, Math.max(0, now - tracker.halfLives().longTerm()), now, max, listener);
    }

    /**
     * @param from     milliseconds since 1970, inclusive
     * @param to       inclusive
     * @param listener receives the number of events with a positive signal by item id, the highest first; for the last
     *                 items the counts of several shards may be off by a few, as in every terms aggregation
     */
    private void count(Tracker tracker, long from, long to, int max, ActionListener<Map<String, Double>> listener) {
        List<String> positive = tracker.signals()
            .entrySet()
            .stream()
            .filter(signal -> signal.getValue() > 0)
            .map(Map.Entry::getKey)
            .toList();
        if (positive.isEmpty()) {
            listener.onResponse(Map.of());
            return;
        }
        SearchSourceBuilder source = new SearchSourceBuilder().size(0)
            .query(
                QueryBuilders.boolQuery()
                    .filter(QueryBuilders.rangeQuery(EventDocument.TIMESTAMP).gte(from).lte(to))
                    .filter(QueryBuilders.termsQuery(EventDocument.TYPE, positive))
            )
            .aggregation(AggregationBuilders.terms(BY_ITEM).field(EventDocument.ITEM).size(max));
        search.partial(indices.between(tracker, from, to), source, Map.of(), found -> {
            Map<String, Double> counts = new LinkedHashMap<>();
            Terms terms = found.getAggregations().get(BY_ITEM);
            terms.getBuckets().forEach(bucket -> counts.put(bucket.getKeyAsString(), (double) bucket.getDocCount()));
            return counts;
        }, listener);
    }
}
