package org.opensearch.interest.search.script;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.explain.ExplainRequest;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.interest.search.query.CatalogueTestCase;

import java.io.IOException;
import java.util.Map;

public class InterestScriptTests extends CatalogueTestCase {
    private static final String ANN = params("\"tracker\":\"shop\",\"user\":\"ann\"");
    private static final String QUERY = "{\"interest\":{\"tracker\":\"shop\",\"user\":\"ann\"}}";

    private static String params(String params) {
        return script("similarity", params);
    }

    private static String script(String source, String params) {
        return "{\"lang\":\"interest\",\"source\":\"" + source + "\",\"params\":{" + params + "}}";
    }

    private static String scriptScore(String script) {
        return "{\"script_score\":{\"query\":{\"match_all\":{}},\"script\":" + script + "}}";
    }

    public void testTheSameNumberAsTheQuery() throws IOException {
        Map<String, Float> byQuery = scoresOf(QUERY);
        profiles().timesAsked();
        assertScores(byQuery, scoresOf(scriptScore(ANN)));
        assertEquals(1, profiles().timesAsked());

        String given = vectorJson(new float[]{ 1, 2, 3, 4, -5, 6, 7, 8 });
        Map<String, Float> byVector = scoresOf("{\"interest\":{\"field\":\"embedding_l2\",\"vector\":" + given + "}}");
        assertScores(byVector, scoresOf(scriptScore(params("\"field\":\"embedding_l2\",\"vector\":" + given))));
        assertEquals(0, profiles().timesAsked());
        assertScores(byVector, scoresOf(scriptScore(params("\"tracker\":\"by_embedding_l2\",\"vector\":" + given))));
        assertEquals(1, profiles().timesAsked());
    }

    public void testWhereverASearchHasScripts() throws IOException {
        Map<String, Float> byQuery = scoresOf(QUERY);
        String function = "{\"function_score\":{\"query\":{\"match_all\":{}},\"functions\":[{\"script_score\":{\"script\":"
            + ANN + "}}],\"boost_mode\":\"replace\"}}";
        profiles().timesAsked();
        for (String body : new String[]{ "{\"query\":" + function + "}",
            "{\"query\":{\"bool\":{\"must\":[" + scriptScore(ANN) + "]}}}",
            "{\"query\":{\"script_score\":{\"query\":" + function + ",\"script\":" + ANN + "}}}",
            "{\"query\":{\"match_all\":{}},\"rescore\":{\"window_size\":200,\"query\":{\"query_weight\":0,\"rescore_query\":"
                + function + "}}}" }) {
            assertScores(byQuery, scores(body));
            assertEquals(body, 1, profiles().timesAsked());
        }
        assertEquals(
            byQuery.keySet(), scores("{\"query\":{\"match_all\":{}},\"post_filter\":" + function + "}").keySet()
        );
        assertEquals(1, profiles().timesAsked());
    }

    public void testUnknownUserKeepsTheInnerScore() throws IOException {
        String shoes = "{\"match\":{\"title\":\"shoe\"}}";
        String unknownUser = params("\"tracker\":\"shop\",\"user\":\"nobody\"");
        assertEquals(
            scoresOf(shoes), scoresOf("{\"script_score\":{\"query\":" + shoes + ",\"script\":" + unknownUser + "}}")
        );
    }

    public void testOtherSearchesAskNobody() throws IOException {
        scoresOf("{\"match_all\":{}}");
        scoresOf("{\"function_score\":{\"query\":{\"match_all\":{}},\"random_score\":{}}}");
        assertEquals(0, profiles().timesAsked());
    }

    public void testWhereNoFilterReachesTheQueryIsNamed() throws IOException {
        ExplainRequest request = new ExplainRequest("items", "1")
            .query(source("{\"query\":" + scriptScore(ANN) + "}").query());
        Exception e = expectThrows(Exception.class, () -> client().explain(request).actionGet());
        assertTrue(
            e.toString(),
            ExceptionsHelper.stackTrace(e)
                .contains("use the [interest] query, which takes the same [tracker] and [user]")
        );
        assertEquals(400, ExceptionsHelper.status(e).getStatus());
    }

    public void testAStoredScriptIsFineByVectorOnly() throws IOException {
        BytesArray stored = new BytesArray("{\"script\":{\"lang\":\"interest\",\"source\":\"similarity\"}}");
        client().admin().cluster().preparePutStoredScript().setId("near").setContent(stored, XContentType.JSON).get();
        String vector = "\"field\":\"embedding_l2\",\"vector\":" + vectorJson(new float[]{ 1, 2, 3, 4, -5, 6, 7, 8 });
        assertScores(
            scoresOf(scriptScore(params(vector))),
            scoresOf(scriptScore("{\"id\":\"near\",\"params\":{" + vector + "}}"))
        );
        refused(
            400,
            "[interest] a script by [tracker] is resolved only if it is inline, not stored, and in the query, post_filter or rescore of a "
                + "search; use the [interest] query, which takes the same [tracker] and [user]",
            "{\"query\":" + scriptScore("{\"id\":\"near\",\"params\":{\"tracker\":\"shop\",\"user\":\"ann\"}}") + "}"
        );
    }

    public void testBadInput() {
        bad(
            "[interest] the source of a script must be [similarity], but was [likeness]",
            script("likeness", "\"field\":\"embedding\",\"vector\":[1]")
        );
        bad(
            "[interest] unknown key [usr] in a script's params; allowed are [field, tracker, user, vector]",
            params("\"tracker\":\"shop\",\"usr\":\"a\"")
        );
        bad("[interest] needs exactly one of [user] and [vector], but has neither", params("\"field\":\"embedding\""));
        bad(
            "[interest] [user] needs [tracker], the tracker that knows the user",
            params("\"user\":\"ann\",\"field\":\"embedding\"")
        );
        bad(
            "[interest] [vector] must be an array of numbers, but number [0] was [a]",
            params("\"field\":\"embedding\",\"vector\":[\"a\"]")
        );
        bad("[interest] [resolved] in a script's params must be left to the plugin", params("\"resolved\":\"?\""));
        bad(
            "[interest] field [kind] must be of type [interest_vector] or [knn_vector], but is of type [keyword]",
            params("\"field\":\"kind\",\"vector\":[1,2]")
        );
        refused(
            404, "[interest] unknown tracker [nowhere]",
            "{\"query\":" + scriptScore(params("\"tracker\":\"nowhere\",\"user\":\"ann\"")) + "}"
        );
    }

    private void bad(String reason, String script) {
        refused(400, reason, "{\"query\":" + scriptScore(script) + "}");
    }
}
