package org.opensearch.interest.search.query;

import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.search.SearchHit;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Queries, candidates, scripts and explanations all use the same item boosts. */
public class BoostSearchTests extends CatalogueTestCase {
    private static final String BEN = "\"tracker\":\"shop\",\"user\":\"ben\"";

    private PersonalFunction ben;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        ben = catalogue.person(randomInt(3)).with(catalogue.boosts(2 * randomFloat()));
        profiles().user("ben", ben);
    }

    private Map<String, Float> expected() {
        Map<String, Float> expected = new HashMap<>();
        for (int i = 0; i < Catalogue.SIZE; i++) {
            expected.put(Integer.toString(i), catalogue.interest(ben, Integer.toString(i)));
        }
        return expected;
    }

    public void testEveryPathGivesTheReferencesScore() throws IOException {
        Map<String, Float> expected = expected();
        // Scored in one pass over all documents, one by one behind a filter, and by a script.
        assertScores(expected, scoresOf("{\"interest\":{" + BEN + "}}"));
        assertScores(expected, scoresOf("{\"interest\":{" + BEN + ",\"field\":\"embedding_l2\"}}"));
        assertScores(
            expected,
            scoresOf("{\"interest\":{" + BEN + ",\"query\":{\"bool\":{\"filter\":{\"exists\":{\"field\":\"kind\"}}}}}}")
        );
        assertScores(
            expected, scoresOf("{\"interest\":{" + BEN + ",\"fields\":{\"embedding\":1,\"embedding_dot\":2}}}")
        );
        String script = "{\"lang\":\"interest\",\"source\":\"similarity\",\"params\":{" + BEN + "}}";
        assertScores(expected, scoresOf("{\"script_score\":{\"query\":{\"match_all\":{}},\"script\":" + script + "}}"));
        Map<String, Float> rescored = scores(
            "{\"query\":{\"match_all\":{}},\"rescore\":{\"window_size\":200,\"interest\":{" + BEN + "}}}"
        );
        assertScores(expected, rescored);
        Map<String, Float> half = scoresOf("{\"interest\":{" + BEN + ",\"weight\":0.5,\"query\":{\"match_all\":{}}}}");
        expected.replaceAll((id, interest) -> new RelevanceBlend(0.5f).combine(1f, interest));
        assertScores(expected, half);
    }

    public void testCandidatesAreAlsoThoseThatMoreSpeaksForThanTheirVector() throws IOException {
        Map<String, Float> found = scoresOf("{\"interest\":{" + BEN + ",\"strategy\":\"ann\",\"k\":1}}");
        Map<String, Float> expected = expected();
        for (int i = 0; i < Catalogue.SIZE; i += 3) {
            assertTrue("item " + i, found.containsKey(Integer.toString(i)));
        }
        // In each of three shards: one for each topic, and three for the dynamic interest.
        assertTrue(
            "the rest is what probes find", found.size() <= Catalogue.SIZE / 3 + 1 + 3 * (3 + ben.topics().size())
        );
        found.forEach((id, score) -> assertEquals(expected.get(id), score, 1e-5f));
        String mugs = ",\"filter\":{\"term\":{\"kind\":\"mug\"}}";
        scoresOf("{\"interest\":{" + BEN + ",\"strategy\":\"ann\",\"k\":1" + mugs + "}}").keySet()
            .forEach(id -> assertEquals("a filter holds", 2, Integer.parseInt(id) % 5));
    }

    public void testAnItemThatIsWrittenAnewKeepsItsParts() throws IOException {
        Map<String, Object> same = Map.of("title", "mug", "kind", "mug", "embedding", catalogue.vectors.get("3"));
        client().index(new IndexRequest("items").id("3").source(same).setRefreshPolicy(RefreshPolicy.IMMEDIATE))
            .actionGet();
        assertScores(expected(), scoresOf("{\"interest\":{" + BEN + "}}"));
    }

    public void testExplanationsShowThePartsAndEndInTheScore() throws IOException {
        Map<String, ItemBoost> items = Map
            .of("7", new ItemBoost(1.5f, 0.25f, 0.5f, "p17"), "1", new ItemBoost(0f, 1f, 0f, null));
        profiles().user("ben", catalogue.person(2).with(ItemBoosts.of(0.5f, items)));
        for (SearchHit hit : search("{\"explain\":true,\"query\":{\"interest\":{" + BEN + "}}}").getHits()) {
            assertEquals(hit.getScore(), hit.getExplanation().getValue().floatValue(), 1e-5f);
            String told = hit.getExplanation().toString();
            if (hit.getId().equals("7")) {
                // Every seventh item has no vector.
                assertTrue(told, told.contains("0.0 = the document has no vector in field [embedding]"));
                assertTrue(
                    told,
                    told.contains(
                        "1.5 = related, engaged with by users who engaged with the user's items, most of all because of item [p17]"
                    )
                );
                assertTrue(told, told.contains("0.25 = popular, engaged with by many users"));
                assertTrue(told, told.contains("0.5 = repeat, engaged with by the user before"));
                assertTrue(told, told.contains("added by related"));
            } else if (hit.getId().equals("1")) {
                assertTrue(
                    told,
                    told.contains(
                        "content, computed as weight * (confidence * (dynamic interest + topics) / 2 - penalty)"
                    )
                );
                assertTrue(told, told.contains("1.0 = popular"));
            } else if (hit.getId().equals("14")) {
                assertTrue(told, told.contains("interest, neutral: the document has no vector"));
            }
        }
    }

    public void testWeightsInAQueryAreChecked() {
        String interest = "{\"query\":{\"interest\":{" + BEN + ",\"blend\":";
        String of = " of interest query or rescorer ";
        refused(
            400, "[interest] [blend.related]" + of + "must be a number in [0,1000], but was [-1]",
            interest + "{\"related\":-1}}}}"
        );
        String allowed = "[blend.content, blend.form, blend.popular, blend.related, blend.repeat]";
        refused(
            400, "unknown key [blend.popularity] in interest query or rescorer: allowed are " + allowed,
            interest + "{\"popularity\":1}}}}"
        );
        refused(
            400,
            "[interest] [blend.content]" + of
                + "must be above 0 where all other weights of the blend are 0, but was [0]",
            interest + "{\"content\":0}}}}"
        );
        refused(
            400, "[interest] [blend] must be one of [geometric, saturation, multiplicative], but was [sum]",
            interest + "{\"form\":\"sum\"}}}}"
        );
        String either = "[interest] [blend] must be one of [geometric, saturation, multiplicative], or an object of component weights, but was ";
        refused(400, either + "[5]", interest + "5}}}");
        refused(400, either + "[null]", interest + "null}}}");
        refused(400, either + "an array", interest + "[]}}}");
        refused(
            400, "[interest] [blend] with component weights needs [user]: for a [vector] there is content alone",
            "{\"query\":{\"interest\":{\"tracker\":\"shop\",\"vector\":[1,2,3,4,5,6,7,8],\"blend\":{\"related\":1}}}}"
        );
        refused(
            400,
            "[interest] [blend.repeat] of interest query or rescorer must be a number in [0,1000], but was [often]",
            "{\"query\":{\"match_all\":{}},\"rescore\":{\"window_size\":10,\"interest\":{" + BEN
                + ",\"blend\":{\"repeat\":\"often\"}}}}"
        );
    }
}
