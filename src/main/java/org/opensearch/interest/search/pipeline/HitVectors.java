package org.opensearch.interest.search.pipeline;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ThreadedActionListener;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.IdsQueryBuilder;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.pipeline.SearchPipelineService;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reader of the hits' vectors, by a second search for their ids. It runs with the permissions of the user of the first
 * search, does not change what the first search returns, and works for hits of any query. Thread-safe; never blocks.
 */
public final class HitVectors {
    private static final Logger logger = LogManager.getLogger(HitVectors.class);

    private record HitKey(String index, String id) {}

    private final Client client;

    public HitVectors(Client client) {
        this.client = client;
    }

    /**
     * @param found    the request that found the hits
     * @param field    of the item vectors
     * @param listener receives one unit vector for each hit, in the order of the hits, null for a hit without one, on a
     *                 thread of the search pool; fails if that pool rejects the task
     */
    public void of(SearchRequest found, List<SearchHit> hits, String field, ActionListener<List<float[]>> listener) {
        String[] ids = hits.stream().map(SearchHit::getId).distinct().toArray(String[]::new);
        if (ids.length == 0) {
            listener.onResponse(List.of());
            return;
        }
        // every index may contain the id
        long indices = hits.stream().map(SearchHit::getIndex).distinct().count();
        SearchSourceBuilder source = new SearchSourceBuilder().query(new IdsQueryBuilder().addIds(ids))
            .size((int) Math.min(10_000, ids.length * indices))
            .fetchSource(false)
            .trackTotalHits(false)
            .ext(List.of(new FetchVectorsExt(field)));
        boolean byPointInTime = found.source() != null && found.source().pointInTimeBuilder() != null;
        String[] searched = byPointInTime ? indicesOf(hits) : found.indices();
        SearchRequest request = new SearchRequest(searched, source).indicesOptions(found.indicesOptions())
            .preference(found.preference())
            .pipeline(SearchPipelineService.NOOP_PIPELINE_ID);
        // processing a window may take milliseconds, too long for a network thread
        ActionListener<List<float[]>> onSearchThread = new ThreadedActionListener<>(
            logger, client.threadPool(), ThreadPool.Names.SEARCH, listener, false
        );
        client.search(request, ActionListener.map(onSearchThread, response -> {
            Map<HitKey, float[]> vectors = new HashMap<>();
            for (SearchHit hit : response.getHits()) {
                vectors.put(new HitKey(hit.getIndex(), hit.getId()), FetchVectors.of(hit));
            }
            List<float[]> inOrder = new ArrayList<>(hits.size());
            hits.forEach(hit -> inOrder.add(vectors.get(new HitKey(hit.getIndex(), hit.getId()))));
            return inOrder;
        }));
    }

    /** Returns the indices of the hits, because a search by point in time names none. */
    private static String[] indicesOf(List<SearchHit> hits) {
        return hits.stream().map(SearchHit::getIndex).distinct().toArray(String[]::new);
    }

    /** Returns the first hits, at most {@code window} of them. */
    static List<SearchHit> first(SearchHit[] hits, int window) {
        return Arrays.asList(hits).subList(0, Math.min(window, hits.length));
    }
}
