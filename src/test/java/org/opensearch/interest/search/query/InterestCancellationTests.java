package org.opensearch.interest.search.query;

import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.opensearch.action.bulk.BulkRequestBuilder;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.engine.lucene.Candidates;
import org.opensearch.interest.engine.lucene.InterestQuery;
import org.opensearch.interest.engine.lucene.VectorField;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.SearchService;
import org.opensearch.search.internal.AliasFilter;
import org.opensearch.search.internal.SearchContext;
import org.opensearch.search.internal.ShardSearchRequest;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A search that is cancelled, or has run out of time, ends in the middle of a segment. Core has one hook for both,
 * which it calls while a shard's documents are scored. Here the hook stops the search after a given number of calls.
 */
public class InterestCancellationTests extends OpenSearchSingleNodeTestCase {
    private static final int SIZE = 12_000;
    private static final List<VectorField> FIELD = List.of(VectorField.of("embedding"));

    private final InterestFunction function = SimilarityFunction.to(new float[]{ 1, 2 });

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(ProfilesInMemoryPlugin.class);
    }

    public void testStopsInTheMiddleOfASegment() throws IOException {
        index();
        Query all = MatchAllDocsQuery.INSTANCE;
        Query batches = new InterestQuery(all, FIELD, function, new RelevanceBlend(1f));
        Query oneByOne = new InterestQuery(all, FIELD, function, new RelevanceBlend(0.5f));
        for (Query query : List.of(batches, oneByOne)) {
            assertEquals(SIZE, scored(query, Integer.MAX_VALUE));
            int scored = scored(query, 2);
            assertTrue("scored " + scored, scored > 0 && scored <= SIZE / 2);
        }
        Query candidates = new InterestQuery(
            Candidates.nearest(FIELD, function, 50, null), FIELD, function, new RelevanceBlend(1f)
        );
        assertTrue(scored(candidates, Integer.MAX_VALUE) > 0);
        assertEquals("nothing once it has been said", 0, scored(candidates, 0));
    }

    /** @return the number of documents scored before the search stopped at the given call of the hook */
    private int scored(Query query, int questions) throws IOException {
        ShardSearchRequest request = new ShardSearchRequest(
            new ShardId(resolveIndex("items"), 0), 0L, AliasFilter.EMPTY
        );
        AtomicInteger scored = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        try (SearchContext context = getInstanceFromNode(SearchService.class)
            .createSearchContext(request, TimeValue.timeValueMinutes(1))) {
            context.searcher().addQueryCancellation(() -> {
                if (asked.incrementAndGet() > questions) {
                    throw new TaskCancelledException("stop");
                }
            });
            boolean stopped = false;
            try {
                context.searcher().search(query, new Counting(scored));
            } catch (TaskCancelledException e) {
                stopped = true;
            }
            assertEquals(questions != Integer.MAX_VALUE, stopped);
        }
        return scored.get();
    }

    private void index() {
        createIndexWithSimpleMappings("items", Settings.EMPTY, "embedding", "type=interest_vector,dimension=2");
        BulkRequestBuilder bulk = client().prepareBulk();
        for (int i = 0; i < SIZE; i++) {
            bulk.add(client().prepareIndex("items").setSource(Map.of("embedding", List.of(i + 1, SIZE - i))));
        }
        assertFalse(bulk.setRefreshPolicy("true").get().hasFailures());
        client().admin().indices().prepareForceMerge("items").setMaxNumSegments(1).get();
        client().admin().indices().prepareRefresh("items").get();
    }

    /** A collector that reads every score. */
    private static final class Counting extends SimpleCollector {
        private final AtomicInteger count;
        private Scorable scorer;

        Counting(AtomicInteger count) {
            this.count = count;
        }

        @Override
        public void setScorer(Scorable scorer) {
            this.scorer = scorer;
        }

        @Override
        public void collect(int doc) throws IOException {
            assertTrue(scorer.score() > 0);
            count.incrementAndGet();
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE;
        }
    }
}
