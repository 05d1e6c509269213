package org.opensearch.interest.cluster.calibration;

import org.opensearch.action.ActionRunnable;
import org.opensearch.action.search.SearchAction;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.lucene.search.function.CombineFunction;
import org.opensearch.common.xcontent.support.XContentMapValues;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.functionscore.ScoreFunctionBuilders;
import org.opensearch.interest.cluster.store.SystemClient;
import org.opensearch.interest.core.geometry.MomentEstimator;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortBuilders;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/**
 * Draws a random sample of a tracker's items, page by page. Every item gets a random score from seed and sequence
 * number, so that all pages follow one order, no item comes twice, and no search context stays open between pages.
 */
public final class CatalogueSampler {
    /**
     * Maximum sample size. The error of the mean of 3,000 items is a fiftieth of the spread, and there are eight items
     * per dimension at 384 dimensions.
     */
    static final int MOST_ITEMS = 3_000;
    /** Items per page; an answer takes some megabytes. */
    private static final int PAGE = 500;

    /**
     * @param sample    null if no item has a vector in its source
     * @param seen      number of items drawn; those that are not in the sample were skipped
     * @param catalogue number of items to draw from
     */
    record Drawn(MomentEstimator sample, int seen, long catalogue) {}

    private final SystemClient client;
    private final Executor executor;

    /** @param executor adds up the vectors */
    public CatalogueSampler(SystemClient client, Executor executor) {
        this.client = client;
        this.executor = executor;
    }

    /** Counts the items that have a vector, as of the last refresh. */
    public void count(Tracker.Items items, ActionListener<Long> listener) {
        SearchSourceBuilder source = new SearchSourceBuilder().query(QueryBuilders.existsQuery(items.vectorField()))
            .size(0)
            .trackTotalHits(true);
        SearchRequest search = new SearchRequest(items.index()).source(source).allowPartialSearchResults(false);
        client.execute(
            SearchAction.INSTANCE, search, ActionListener.map(listener, found -> found.getHits().getTotalHits().value())
        );
    }

    /**
     * Draws a sample.
     *
     * @param dimension of the vectors to use; if empty, that of the first item
     */
    void draw(
        Tracker.Items items, OptionalInt dimension, int seed, GeometryFitter.Progress progress,
        ActionListener<Drawn> listener
    ) {
        Drawing drawing = new Drawing(items, seed, progress, listener);
        dimension.ifPresent(known -> drawing.sample = new MomentEstimator(known));
        drawing.page(null);
    }

    /** One sample in progress. Pages arrive one after the other, possibly on different threads. */
    private final class Drawing {
        private final Tracker.Items items;
        private final int seed;
        private final GeometryFitter.Progress progress;
        private final ActionListener<Drawn> listener;
        private MomentEstimator sample;
        private int seen;
        private long catalogue;

        Drawing(Tracker.Items items, int seed, GeometryFitter.Progress progress, ActionListener<Drawn> listener) {
            this.items = items;
            this.seed = seed;
            this.progress = progress;
            this.listener = listener;
        }

        private void page(Object[] after) {
            progress.at(GeometryFitter.Stage.SAMPLING, seen);
            SearchRequest search = new SearchRequest(items.index()).source(source(after))
                .allowPartialSearchResults(false);
            progress.own(search);
            client.execute(SearchAction.INSTANCE, search, ActionListener.wrap(found -> {
                SearchHit[] hits = found.getHits().getHits();
                if (after == null) {
                    catalogue = found.getHits().getTotalHits().value();
                }
                executor.execute(ActionRunnable.wrap(listener, drawn -> {
                    add(hits);
                    // only the last page is not full
                    if (hits.length < PAGE || seen >= MOST_ITEMS) {
                        drawn.onResponse(new Drawn(sample, seen, catalogue));
                    } else {
                        page(hits[hits.length - 1].getSortValues());
                    }
                }));
            }, listener::onFailure));
        }

        private SearchSourceBuilder source(Object[] after) {
            SearchSourceBuilder source = new SearchSourceBuilder()
                .query(
                    QueryBuilders
                        .functionScoreQuery(
                            QueryBuilders.existsQuery(items.vectorField()),
                            ScoreFunctionBuilders.randomFunction().seed(seed).setField("_seq_no")
                        )
                        .boostMode(CombineFunction.REPLACE)
                )
                .sort(SortBuilders.scoreSort())
                .sort(SortBuilders.fieldSort("_seq_no").unmappedType("long"))
                .size(Math.min(PAGE, MOST_ITEMS - seen))
                .fetchSource(items.vectorField(), null)
                .trackTotalHits(after == null);
            return after == null ? source : source.searchAfter(after);
        }

        private void add(SearchHit[] hits) {
            for (SearchHit hit : hits) {
                float[] vector = vector(hit);
                if (sample == null && vector != null) {
                    sample = new MomentEstimator(GeometryFitter.requireDimension(items, vector.length));
                }
                if (vector != null) {
                    sample.add(vector);
                }
            }
            seen += hits.length;
        }

        /** Returns the item's vector; null if its source has none. */
        private float[] vector(SearchHit hit) {
            Object value = hit.hasSource() ? XContentMapValues.extractValue(items.vectorField(), hit.getSourceAsMap())
                : null;
            if (value instanceof List<?> numbers && numbers.isEmpty() == false
                && numbers.stream().allMatch(Number.class::isInstance)) {
                float[] vector = new float[numbers.size()];
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = ((Number) numbers.get(i)).floatValue();
                }
                return vector;
            }
            return null;
        }
    }
}
