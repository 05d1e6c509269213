package org.opensearch.interest.search.query;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchException;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.plugins.Plugin;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One node with an index of three shards, a tracker "shop" and its user "ann", who has a rich profile. */
public abstract class CatalogueTestCase extends OpenSearchSingleNodeTestCase {
    protected Catalogue catalogue;
    protected PersonalFunction ann;

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(ProfilesInMemoryPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    @Override
    public void setUp() throws Exception {
        super.setUp();
        catalogue = new Catalogue(randomLong());
        catalogue.index(client(), "items", 3);
        ann = catalogue.person(3);
        profiles().tracker("shop", "embedding");
        Catalogue.FIELDS.forEach(field -> profiles().tracker("by_" + field, field));
        profiles().user("ann", ann);
    }

    protected ProfilesInMemory profiles() {
        return getInstanceFromNode(ProfilesInMemory.class);
    }

    protected String vectorJson(float[] vector) {
        return Arrays.toString(vector);
    }

    protected SearchSourceBuilder source(String body) throws IOException {
        try (XContentParser parser = JsonXContent.jsonXContent.createParser(
            getInstanceFromNode(NamedXContentRegistry.class), DeprecationHandler.IGNORE_DEPRECATIONS, body
        )) {
            return SearchSourceBuilder.fromXContent(parser).size(Catalogue.SIZE);
        }
    }

    protected SearchResponse search(String body) throws IOException {
        SearchResponse response = client().search(new SearchRequest("items").source(source(body))).actionGet();
        assertEquals(Arrays.toString(response.getShardFailures()), 0, response.getFailedShards());
        return response;
    }

    protected Map<String, Float> scores(String body) throws IOException {
        Map<String, Float> scores = new HashMap<>();
        for (SearchHit hit : search(body).getHits()) {
            scores.put(hit.getId(), hit.getScore());
        }
        return scores;
    }

    /** Scores of a search with this query alone. */
    protected Map<String, Float> scoresOf(String query) throws IOException {
        return scores("{\"query\":" + query + "}");
    }

    protected static void assertScores(Map<String, Float> expected, Map<String, Float> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected
            .forEach((id, score) -> assertEquals("document " + id, score, actual.get(id), 1e-5f * Math.max(1f, score)));
    }

    protected void refused(int status, String reason, String body) {
        Exception e = expectThrows(Exception.class, () -> search(body));
        assertEquals(e.toString(), status, ExceptionsHelper.status(e).getStatus());
        Throwable[] causes = OpenSearchException.guessRootCauses(e);
        assertTrue(causes[0].getMessage() + "\ninstead of\n" + reason, causes[0].getMessage().contains(reason));
    }
}
