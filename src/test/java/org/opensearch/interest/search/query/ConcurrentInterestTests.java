package org.opensearch.interest.search.query;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.MatchAllQueryBuilder;
import org.opensearch.index.query.MatchQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.search.SearchHit;
import org.opensearch.search.deciders.ConcurrentSearchDecision.DecisionStatus;
import org.opensearch.search.deciders.ConcurrentSearchRequestDecider;
import org.opensearch.search.deciders.ConcurrentSearchVisitor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A concurrent search of segments finds the same hits as a sequential one. */
public class ConcurrentInterestTests extends CatalogueTestCase {
    private static final String SHOES = "{\"match\":{\"title\":\"shoe\"}}";
    private static final RankingTarget ANN = new RankingTarget("shop", "ann", null, null);

    private static DecisionStatus decision(QueryBuilder query) {
        ConcurrentSearchRequestDecider decider = ConcurrentInterest.factory().create(null).orElseThrow();
        query.visit(new ConcurrentSearchVisitor(Set.of(decider), null));
        return decider.getConcurrentSearchDecision().getDecisionStatus();
    }

    public void testAsksForItWhereAllDocumentsAreRanked() {
        InterestClause all = InterestClause.of(ANN);
        QueryBuilder shoes = new MatchQueryBuilder("title", "shoe");
        assertEquals(DecisionStatus.YES, decision(new InterestQueryBuilder(all)));
        assertEquals(
            DecisionStatus.YES,
            decision(new BoolQueryBuilder().filter(shoes).should(new InterestQueryBuilder(all)).must(shoes))
        );
        assertEquals(DecisionStatus.NO_OP, decision(new InterestQueryBuilder(all.over(shoes, 1f))));
        assertEquals(
            "nothing is ranked", DecisionStatus.NO_OP,
            decision(new InterestQueryBuilder(all.over(new MatchAllQueryBuilder(), 0f)))
        );
        assertEquals(DecisionStatus.NO_OP, decision(shoes));
        assertTrue(new InterestQueryBuilder(all).supportsIntraSegmentSearch());
        assertFalse(new InterestQueryBuilder(all.over(shoes, 1f)).supportsIntraSegmentSearch());
    }

    public void testFindsTheSame() throws IOException {
        client().prepareDelete("items", "3").setRefreshPolicy("true").get();
        for (String strategy : List.of("exact", "ann", "auto")) {
            for (String rest : List.of("", ",\"weight\":0.5,\"query\":" + SHOES, ",\"filter\":" + SHOES)) {
                String ann = "\"tracker\":\"shop\",\"user\":\"ann\",\"strategy\":\"" + strategy + "\"";
                String query = "{\"query\":{\"interest\":{" + ann + rest + "}}}";
                List<String> expected = hits("none", "segment", query);
                assertFalse(expected.isEmpty());
                assertEquals(expected, hits("auto", "segment", query));
                assertEquals(expected, hits("all", "segment", query));
                assertEquals(expected, hits("all", "force", query));
            }
        }
    }

    /** The total number of hits, followed by each hit. */
    private List<String> hits(String mode, String partitions, String query) throws IOException {
        Settings.Builder settings = Settings.builder()
            .put("search.concurrent_segment_search.mode", mode)
            .put("search.concurrent_segment_search.partition_strategy", partitions)
            .put("search.concurrent.max_slice_count", 3);
        client().admin().cluster().prepareUpdateSettings().setTransientSettings(settings).get();
        try {
            SearchRequest request = new SearchRequest("items").source(source(query).size(200).trackTotalHits(true))
                .requestCache(false);
            SearchResponse response = client().search(request).actionGet();
            assertEquals(Arrays.toString(response.getShardFailures()), 0, response.getFailedShards());
            List<String> hits = new ArrayList<>(List.of(response.getHits().getTotalHits().toString()));
            for (SearchHit hit : response.getHits()) {
                hits.add(hit.getId() + " " + Math.round(hit.getScore() * 1e5));
            }
            return hits.stream().sorted().toList();
        } finally {
            settings.keys().forEach(key -> settings.putNull(key));
            client().admin().cluster().prepareUpdateSettings().setTransientSettings(settings).get();
        }
    }
}
