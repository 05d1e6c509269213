package org.opensearch.interest.api.evaluation;

import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.lucene.search.function.CombineFunction;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.xcontent.support.XContentMapValues;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.functionscore.ScoreFunctionBuilders;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortBuilders;
import org.opensearch.transport.client.Client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Items of an evaluation: those in the events, and a random sample of the rest of the catalogue, chosen by the seed, up
 * to the requested number. Reads with the caller's rights, so that a report ranks no item that its reader may not see.
 * Blocks: needs a thread of its own.
 */
final class EvaluationCatalogue {
    private static final int PAGE = 500;
    private static final TimeValue TIMEOUT = TimeValue.timeValueMinutes(1);

    /** @param unit null if the item has no usable vector */
    record Item(String title, float[] unit) {}

    private final Client client;
    private final Tracker.Items items;
    private final Consumer<SearchRequest> owner;
    /** items by id, sorted so that the same items have the same order */
    private final Map<String, Item> found = new TreeMap<>();

    /** @param owner makes a search a child of the task */
    EvaluationCatalogue(Client client, Tracker.Items items, Consumer<SearchRequest> owner) {
        this.client = client;
        this.items = items;
        this.owner = owner;
    }

    /** Returns the number of items with a vector that the caller can see. */
    long count() {
        SearchSourceBuilder source = new SearchSourceBuilder().query(withVector()).size(0).trackTotalHits(true);
        return search(source).getTotalHits().value();
    }

    /** @param progress is called after every page; throws to stop */
    Map<String, Item> read(Collection<String> mentioned, int most, long seed, Consumer<Integer> progress) {
        List<String> ids = new ArrayList<>(mentioned);
        for (int i = 0; i < ids.size(); i += PAGE) {
            String[] page = ids.subList(i, Math.min(i + PAGE, ids.size())).toArray(String[]::new);
            add(
                search(fields(new SearchSourceBuilder().query(QueryBuilders.idsQuery().addIds(page)).size(PAGE)))
                    .getHits()
            );
            progress.accept(found.size());
        }
        SearchHit[] page = { null };
        Object[] after = null;
        while (found.size() < most && page.length > 0) {
            page = search(sample(seed, after)).getHits();
            for (int i = 0; i < page.length && found.size() < most; i++) {
                add(page[i]);
            }
            after = page.length < PAGE ? null : page[page.length - 1].getSortValues();
            if (after == null) {
                break;
            }
            progress.accept(found.size());
        }
        return found;
    }

    /**
     * Returns a search that gives every item a random score by seed and sequence number, so that all pages follow one
     * order.
     */
    private SearchSourceBuilder sample(long seed, Object[] after) {
        SearchSourceBuilder source = fields(
            new SearchSourceBuilder()
                .query(
                    QueryBuilders
                        .functionScoreQuery(
                            withVector(),
                            ScoreFunctionBuilders.randomFunction().seed(Long.hashCode(seed)).setField("_seq_no")
                        )
                        .boostMode(CombineFunction.REPLACE)
                )
                .sort(SortBuilders.scoreSort())
                .sort(SortBuilders.fieldSort("_seq_no").unmappedType("long"))
                .size(PAGE)
        );
        return after == null ? source : source.searchAfter(after);
    }

    private QueryBuilder withVector() {
        return QueryBuilders.existsQuery(items.vectorField());
    }

    private SearchSourceBuilder fields(SearchSourceBuilder source) {
        String[] fields = items.titleField() == null ? new String[]{ items.vectorField() }
            : new String[]{ items.vectorField(), items.titleField() };
        return source.fetchSource(fields, null).trackTotalHits(false);
    }

    private org.opensearch.search.SearchHits search(SearchSourceBuilder source) {
        SearchRequest search = new SearchRequest(items.index()).source(source).allowPartialSearchResults(false);
        owner.accept(search);
        return client.execute(SearchAction.INSTANCE, search).actionGet(TIMEOUT).getHits();
    }

    private void add(SearchHit... hits) {
        for (SearchHit hit : hits) {
            if (found.containsKey(hit.getId()) == false) {
                Map<String, Object> source = hit.hasSource() ? hit.getSourceAsMap() : Map.of();
                Object title = items.titleField() == null ? null
                    : XContentMapValues.extractValue(items.titleField(), source);
                float[] vector = unit(XContentMapValues.extractValue(items.vectorField(), source));
                found.put(hit.getId(), new Item(title instanceof String text ? text : "", vector));
            }
        }
    }

    private static float[] unit(Object value) {
        if (value instanceof List<?> numbers && numbers.isEmpty() == false
            && numbers.stream().allMatch(Number.class::isInstance)) {
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = ((Number) numbers.get(i)).floatValue();
            }
            double norm = Vectors.norm(vector);
            return norm > 0 && Double.isFinite(norm) ? Vectors.unit(vector) : null;
        }
        return null;
    }
}
