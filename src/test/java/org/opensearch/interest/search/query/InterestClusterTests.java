package org.opensearch.interest.search.query;

import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.index.query.MatchQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.functionscore.ScriptScoreQueryBuilder;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.plugins.Plugin;
import org.opensearch.script.Script;
import org.opensearch.script.ScriptType;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;
import org.opensearch.test.OpenSearchIntegTestCase.Scope;
import org.opensearch.transport.client.Client;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Three nodes: two hold the shards; the third only coordinates, and is the only one that has the users. */
@ClusterScope(scope = Scope.TEST, numDataNodes = 2, numClientNodes = 1, supportsDedicatedMasters = false)
public class InterestClusterTests extends OpenSearchIntegTestCase {
    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(ProfilesInMemoryPlugin.class);
    }

    public void testResolvedOnceOnTheCoordinatorAndScoredOnTheDataNodes() {
        Client coordinator = internalCluster().coordOnlyNodeClient();
        Catalogue catalogue = new Catalogue(randomLong());
        catalogue.index(coordinator, "items", 4);
        // Every third item has a boost besides its vector.
        PersonalFunction ann = catalogue.person(4).with(catalogue.boosts(0.7f));
        String coordinatorName = coordinator.settings().get("node.name");
        ProfilesInMemory profiles = internalCluster().getInstance(ProfilesInMemory.class, coordinatorName);
        profiles.tracker("shop", "embedding");
        profiles.user("ann", ann);

        QueryBuilder shoes = new MatchQueryBuilder("title", "shoe");
        Map<String, Float> relevance = scores(coordinator, shoes);
        RankingTarget target = new RankingTarget("shop", "ann", null, null);
        Map<String, Float> personal = scores(
            coordinator, new InterestQueryBuilder(InterestClause.of(target).over(shoes, 0.5f))
        );
        assertEquals(1, profiles.timesAsked());
        assertEquals(relevance.keySet(), personal.keySet());
        personal.forEach(
            (id, score) -> assertEquals(
                new RelevanceBlend(0.5f).combine(relevance.get(id), catalogue.interest(ann, id)), score, 1e-5f
            )
        );

        Script script = new Script(
            ScriptType.INLINE, "interest", "similarity", Map.of("tracker", "shop", "user", "ann")
        );
        Map<String, Float> scripted = scores(coordinator, new ScriptScoreQueryBuilder(shoes, script));
        assertEquals(1, profiles.timesAsked());
        scripted.forEach((id, score) -> assertEquals(catalogue.interest(ann, id), score, 1e-5f));
        for (ProfilesInMemory others : internalCluster().getInstances(ProfilesInMemory.class)) {
            assertEquals(0, others.timesAsked());
        }
    }

    public void testTheOrderOverShardsIsThatOfBruteForce() {
        Client coordinator = internalCluster().coordOnlyNodeClient();
        Catalogue catalogue = new Catalogue(randomLong());
        catalogue.index(coordinator, "items", 4);
        ProfilesInMemory profiles = internalCluster()
            .getInstance(ProfilesInMemory.class, coordinator.settings().get("node.name"));
        profiles.tracker("shop", "embedding");
        PersonalFunction ann = catalogue.person(2).with(catalogue.boosts(randomBoolean() ? 0f : 1f));
        profiles.user("ann", ann);
        Map<String, Float> found = scores(
            coordinator, new InterestQueryBuilder(InterestClause.of(new RankingTarget("shop", "ann", null, null)))
        );
        assertEquals(Catalogue.SIZE, found.size());
        Float before = null;
        for (Map.Entry<String, Float> hit : found.entrySet()) {
            assertEquals("item " + hit.getKey(), catalogue.interest(ann, hit.getKey()), hit.getValue(), 1e-5f);
            assertTrue(before == null || hit.getValue() <= before);
            before = hit.getValue();
        }
    }

    private static Map<String, Float> scores(Client client, QueryBuilder query) {
        SearchSourceBuilder source = new SearchSourceBuilder().query(query).size(Catalogue.SIZE);
        SearchResponse response = client.search(new SearchRequest("items").source(source)).actionGet();
        assertEquals(0, response.getFailedShards());
        Map<String, Float> scores = new LinkedHashMap<>();
        for (SearchHit hit : response.getHits()) {
            scores.put(hit.getId(), hit.getScore());
        }
        return scores;
    }
}
