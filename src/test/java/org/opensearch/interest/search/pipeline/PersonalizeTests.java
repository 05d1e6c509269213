package org.opensearch.interest.search.pipeline;

import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchException;
import org.opensearch.action.search.MultiSearchRequest;
import org.opensearch.action.search.MultiSearchResponse;
import org.opensearch.action.search.PutSearchPipelineRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.search.SearchHit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A search that names its user is personalized, or stays as it is. */
public class PersonalizeTests extends SearchPipelineTestCase {
    private static final String THINGS = "\"query\":{\"match\":{\"title\":\"thing\"}}";
    private static final String WRAPPED = pipeline(personalize("\"tracker\":\"shop\",\"weight\":0.6"), "");

    private static String hits(SearchResponse response) {
        return Strings.toString(MediaTypeRegistry.JSON, response.getHits());
    }

    private static void assertFalling(SearchResponse response) {
        float above = Float.POSITIVE_INFINITY;
        for (SearchHit hit : response.getHits()) {
            assertTrue(hit.getScore() + " below " + above, hit.getScore() <= above && hit.getScore() >= 0);
            above = hit.getScore();
        }
        assertEquals(response.getHits().getAt(0).getScore(), response.getHits().getMaxScore(), 0f);
    }

    public void testEveryWayRanksByTheUser() throws Exception {
        List<String> bread = List.of("bread", "bread", "bread", "bread", "bread");
        for (String options : List.of(
            "\"weight\":0.6", "\"weight\":1,\"strategy\":\"ann\"", "\"weight\":0.6,\"window\":50",
            "\"weight\":0.6,\"blend\":\"rrf\"", "\"weight\":0.6,\"blend\":\"min_max\",\"window\":50"
        )) {
            String pipeline = pipeline(personalize("\"tracker\":\"shop\"," + options), "");
            SearchResponse response = search(pipeline, THINGS + ",\"size\":5," + forUser("ann"));
            assertEquals(options, bread, kinds(response));
            assertFalling(response);
            for (SearchHit hit : response.getHits()) {
                assertTrue("no hit carries more than it was asked for", hit.getFields().isEmpty());
            }
        }
        assertEquals(5, counts().personalized());
    }

    public void testNothingChangesForNobodyForStrangersAndWithoutWeight() throws Exception {
        String body = THINGS + ",\"size\":30,\"explain\":false";
        String plain = hits(search(null, body));
        for (String options : List.of("\"weight\":0.6", "\"window\":20", "\"blend\":\"rrf\"")) {
            String pipeline = pipeline(personalize("\"tracker\":\"shop\"," + options), "");
            assertEquals(plain, hits(search(pipeline, body)));
            assertEquals(plain, hits(search(pipeline, body + "," + forUser("stranger"))));
            assertEquals(
                plain, hits(search(pipeline, body + ",\"ext\":{\"interest\":{\"user\":\"ann\",\"weight\":0}}"))
            );
            assertEquals(plain, hits(search(pipeline, body + ",\"ext\":{\"interest\":{\"query_text\":\"thing\"}}")));
        }
        assertEquals(0, counts().personalized());
        assertEquals(3L, counts().notPersonalized().get("unknown_user").longValue());
    }

    public void testSortedCollapsedAndScrolledSearchesPassUntouchedAndAreCounted() throws Exception {
        String window = pipeline(personalize("\"tracker\":\"shop\",\"window\":20"), "");
        String sorted = THINGS + ",\"sort\":[\"price\"],";
        assertEquals(
            hits(search(null, sorted + "\"size\":7")), hits(search(window, sorted + "\"size\":7," + forUser("ann")))
        );
        assertEquals(
            hits(search(null, sorted + "\"size\":7")), hits(search(WRAPPED, sorted + "\"size\":7," + forUser("ann")))
        );
        String collapsed = THINGS + ",\"collapse\":{\"field\":\"kind\"}";
        assertEquals(hits(search(null, collapsed)), hits(search(window, collapsed + "," + forUser("ann"))));
        SearchRequest scroll = new SearchRequest("items")
            .source(source("{\"search_pipeline\":" + window + "," + THINGS + "," + forUser("ann") + "}"));
        assertEquals(10, client().search(scroll.scroll("1m")).actionGet().getHits().getHits().length);
        assertEquals(2L, counts().notPersonalized().get("sort").longValue());
        assertEquals(1L, counts().notPersonalized().get("collapse").longValue());
        assertEquals(1L, counts().notPersonalized().get("scroll").longValue());
        assertEquals(0, counts().personalized());
        // collapsing works on scores, so a wrapped query supports it
        assertEquals("bread", kinds(search(WRAPPED, collapsed + "," + forUser("ann"))).get(0));
        assertEquals(1, counts().personalized());
    }

    public void testWhereExpensiveQueriesAreForbiddenAWrappedSearchStaysPlain() throws Exception {
        String plain = hits(search(null, THINGS));
        Settings forbidden = Settings.builder().put("search.allow_expensive_queries", false).build();
        client().admin().cluster().prepareUpdateSettings().setTransientSettings(forbidden).get();
        try {
            assertEquals(plain, hits(search(WRAPPED, THINGS + "," + forUser("ann"))));
            assertEquals(1L, counts().notPersonalized().get("expensive").longValue());
            String window = pipeline(personalize("\"tracker\":\"shop\",\"window\":20,\"weight\":0.9"), "");
            assertEquals("bread", kinds(search(window, THINGS + "," + forUser("ann"))).get(0));
            // a query of the vector index scores few documents, so it is allowed
            String ann = pipeline(personalize("\"tracker\":\"shop\",\"strategy\":\"ann\",\"weight\":0.9"), "");
            assertEquals("bread", kinds(search(ann, THINGS + "," + forUser("ann"))).get(0));
            assertEquals(1L, counts().notPersonalized().get("expensive").longValue());
        } finally {
            Settings asBefore = Settings.builder().putNull("search.allow_expensive_queries").build();
            client().admin().cluster().prepareUpdateSettings().setTransientSettings(asBefore).get();
        }
    }

    public void testAMissingTrackerLeavesThePlainSearchUnlessThePipelineIsStrict() throws Exception {
        String plain = hits(search(null, THINGS));
        String missing = "\"tracker\":\"nowhere\"";
        assertEquals(plain, hits(search(pipeline(personalize(missing), ""), THINGS + "," + forUser("ann"))));
        assertEquals(1L, counts().notPersonalized().get("no_tracker").longValue());
        refused(404, "nowhere", pipeline(personalize(missing + ",\"strict\":true"), ""), forUser("ann"));
        // the search's tracker overrides the pipeline's
        String own = "\"ext\":{\"interest\":{\"user\":\"ann\",\"tracker\":\"shop\",\"weight\":1}}";
        assertEquals("bread", kinds(search(pipeline(personalize(missing), ""), THINGS + "," + own)).get(0));
    }

    public void testWhatIsWrongIsNamed() throws Exception {
        refused(
            400,
            "[interest] [ext.interest.tracker] is missing: it must be the name of a tracker, since this pipeline's interest_personalize names none",
            pipeline(personalize(""), ""), forUser("ann")
        );
        String shop = "\"tracker\":\"shop\"";
        refused(
            400, "[interest] [weight] of interest_personalize must be a number in [0,1], but was [2]",
            pipeline(personalize(shop + ",\"weight\":2"), ""), forUser("ann")
        );
        refused(
            400, "[interest] [blend] of interest_personalize must be one of [rrf, min_max], but was [sum]",
            pipeline(personalize(shop + ",\"blend\":\"sum\""), ""), forUser("ann")
        );
        refused(
            400, "[interest] [window] of interest_personalize must be a whole number in [1,1000], but was [0]",
            pipeline(personalize(shop + ",\"window\":0"), ""), forUser("ann")
        );
        refused(
            400, "goes neither with [window] nor with [blend]",
            pipeline(personalize(shop + ",\"window\":5,\"strategy\":\"ann\""), ""), forUser("ann")
        );
        refused(400, "wieght", pipeline(personalize(shop + ",\"wieght\":0.5"), ""), forUser("ann"));
        refused(
            400, "[interest] unknown key [usr] in ext.interest: allowed are", WRAPPED,
            "\"ext\":{\"interest\":{\"usr\":\"ann\"}}"
        );
        refused(
            400, "[interest] [weight] of ext.interest must be a number in [0,1], but was [7]", WRAPPED,
            "\"ext\":{\"interest\":{\"user\":\"ann\",\"weight\":7}}"
        );
        refused(
            400, "needs exactly one of [user] and [vector], but has both", WRAPPED,
            "\"ext\":{\"interest\":{\"user\":\"ann\",\"vector\":[1]}}"
        );
        refused(
            400, "[interest] [diversity] of interest_diversify must be a number in [0,1], but was [3]",
            pipeline("{\"interest_diversify\":{\"diversity\":3}}", ""), forUser("ann")
        );
    }

    private void refused(int status, String reason, String pipeline, String body) {
        Exception e = expectThrows(Exception.class, () -> search(pipeline, THINGS + "," + body));
        assertEquals(e.toString(), status, ExceptionsHelper.status(e).getStatus());
        String message = OpenSearchException.guessRootCauses(e)[0].getMessage();
        assertTrue(message + "\ninstead of\n" + reason, message.contains(reason));
    }

    public void testAVectorStandsForAUser() throws Exception {
        float[] mug = vector(1, 2);
        String ext = "\"ext\":{\"interest\":{\"vector\":" + java.util.Arrays.toString(mug) + ",\"weight\":1}}";
        assertEquals("mug2", ids(search(WRAPPED, THINGS + "," + ext)).get(0));
    }

    public void testNamedDefaultAndInMultiSearch() throws Exception {
        String body = "{\"request_processors\":[" + personalize("\"tracker\":\"shop\",\"weight\":1") + "]}";
        PutSearchPipelineRequest put = new PutSearchPipelineRequest("for_you", new BytesArray(body), XContentType.JSON);
        client().admin().cluster().putSearchPipeline(put).actionGet();
        String forAnn = "{" + THINGS + "," + forUser("ann") + "}";

        SearchRequest named = new SearchRequest("items").source(source(forAnn)).pipeline("for_you");
        assertEquals("bread", kinds(client().search(named).actionGet()).get(0));

        MultiSearchRequest several = new MultiSearchRequest();
        several.add(new SearchRequest("items").source(source(forAnn)).pipeline("for_you"));
        several.add(new SearchRequest("items").source(source("{" + THINGS + "}")));
        several.add(
            new SearchRequest("items")
                .source(source("{\"search_pipeline\":" + body + "," + THINGS + "," + forUser("bob") + "}"))
        );
        MultiSearchResponse answers = client().multiSearch(several).actionGet();
        assertEquals("bread", kinds(answers.getResponses()[0].getResponse()).get(0));
        assertEquals(hits(search(null, THINGS)), hits(answers.getResponses()[1].getResponse()));
        assertEquals("bread", kinds(answers.getResponses()[2].getResponse()).get(0));

        client().admin()
            .indices()
            .prepareUpdateSettings("items")
            .setSettings(Settings.builder().put("index.search.default_pipeline", "for_you"))
            .get();
        assertEquals(
            "bread", kinds(client().search(new SearchRequest("items").source(source(forAnn))).actionGet()).get(0)
        );
    }

    /**
     * Blended windows are fetched as a whole, but the response contains only the requested page, and all pages together
     * contain each hit once.
     */
    public void testPagesOfABlendedWindowFitTogether() throws Exception {
        for (String blend : List.of("rrf", "min_max")) {
            String pipeline = pipeline(
                personalize("\"tracker\":\"shop\",\"window\":16,\"weight\":0.7,\"blend\":\"" + blend + "\""), ""
            );
            List<String> allHits = new ArrayList<>();
            for (int from = 0; from < 30; from += 6) {
                SearchResponse page = search(pipeline, THINGS + ",\"from\":" + from + ",\"size\":6," + forUser("ann"));
                assertEquals(6, page.getHits().getHits().length);
                assertEquals(30, page.getHits().getTotalHits().value());
                allHits.addAll(ids(page));
                if (from == 0) {
                    assertFalling(page);
                }
            }
            Set<String> all = new HashSet<>(allHits);
            assertEquals(blend + " " + allHits, 30, all.size());
        }
    }

    public void testAPageStraddlingTheWindowFalls() throws Exception {
        String pipeline = pipeline(
            personalize("\"tracker\":\"shop\",\"window\":8,\"weight\":0.7,\"blend\":\"rrf\""), ""
        );
        SearchResponse page = search(pipeline, THINGS + ",\"size\":20," + forUser("ann"));
        assertEquals(20, page.getHits().getHits().length);
        assertFalling(page);
    }

    public void testEventsBetweenPagesDoNotReshuffleThem() throws Exception {
        for (String options : List
            .of("\"weight\":1", "\"weight\":0.9,\"blend\":\"rrf\"", "\"weight\":0.9,\"window\":30")) {
            String user = "paging" + options.hashCode();
            click(user, "bread1");
            String pipeline = pipeline(personalize("\"tracker\":\"shop\"," + options), "");
            String body = THINGS + "," + forUser(user) + ",\"size\":15";
            List<String> before = new ArrayList<>(ids(search(pipeline, body + ",\"from\":0")));
            before.addAll(ids(search(pipeline, body + ",\"from\":15")));

            List<String> after = new ArrayList<>(ids(search(pipeline, body + ",\"from\":0")));
            for (int i = 0; i < 9; i++) {
                click(user, "mug" + i);
            }
            after.addAll(ids(search(pipeline, body + ",\"from\":15")));
            assertEquals(options, before, after);
            // the first page uses the current interests
            assertNotEquals(before.subList(0, 15), ids(search(pipeline, body + ",\"from\":0")));
        }
    }

    public void testSearchAfterSeesWhatTheFirstPageSaw() throws Exception {
        String pipeline = pipeline(personalize("\"tracker\":\"shop\",\"weight\":1"), "");
        String body = THINGS + "," + forUser("ann")
            + ",\"size\":10,\"sort\":[\"_score\",{\"price\":\"asc\"},{\"kind\":\"asc\"}]";
        SearchResponse first = search(pipeline, body);
        List<String> allHits = new ArrayList<>(ids(first));
        for (int i = 0; i < 9; i++) {
            click("ann", "mug" + i);
        }
        SearchResponse page = first;
        for (int i = 0; i < 2; i++) {
            Object[] last = page.getHits().getAt(9).getSortValues();
            page = search(pipeline, body + ",\"search_after\":[" + last[0] + "," + last[1] + ",\"" + last[2] + "\"]");
            allHits.addAll(ids(page));
        }
        assertEquals("" + allHits, 30, new HashSet<>(allHits).size());
    }

    public void testWhoIsForgottenBetweenPagesIsForgotten() throws Exception {
        String body = THINGS + "," + forUser("ann") + ",\"size\":15";
        search(WRAPPED, body);
        client()
            .execute(
                org.opensearch.interest.api.user.TransportPutUserAction.TYPE,
                new UserRequest("shop", "ann", java.util.Map.of("opt_out", true))
            )
            .actionGet();
        assertEquals(
            hits(search(null, THINGS + ",\"size\":15,\"from\":15")), hits(search(WRAPPED, body + ",\"from\":15"))
        );
    }
}
