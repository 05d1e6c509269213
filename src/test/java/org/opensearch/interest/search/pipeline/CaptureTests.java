package org.opensearch.interest.search.pipeline;

import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.interest.api.feature.UserRequest;
import org.opensearch.interest.api.user.GetUserRequest;
import org.opensearch.interest.api.user.TransportGetUserAction;
import org.opensearch.interest.api.user.TransportPutUserAction;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Searches become evidence. */
public class CaptureTests extends SearchPipelineTestCase {
    private static final String CAPTURE = "{\"interest_capture\":{\"tracker\":\"shop\"}}";
    private static final String BREAD = "\"query\":{\"match\":{\"title\":\"bread\"}}";

    private int events(String user) throws Exception {
        try (var builder = XContentFactory.jsonBuilder()) {
            client().execute(TransportGetUserAction.TYPE, new GetUserRequest("shop", user, false, null))
                .actionGet()
                .toXContent(builder, ToXContent.EMPTY_PARAMS);
            return (int) XContentHelper.convertToMap(BytesReference.bytes(builder), true, MediaTypeRegistry.JSON)
                .v2()
                .get("events");
        }
    }

    public void testTheFirstPageOfASearchIsOneEventWhereverTheProcessorStands() throws Exception {
        int expected = 0;
        for (String pipeline : List.of(pipeline(CAPTURE, ""), pipeline("", CAPTURE), pipeline(CAPTURE, CAPTURE))) {
            search(pipeline, BREAD + "," + forUser("carl"));
            int captured = ++expected;
            assertBusy(() -> assertEquals(captured, counts().captured()), 60, TimeUnit.SECONDS);
            assertEquals(captured, events("carl"));
        }
        search(pipeline(CAPTURE, ""), BREAD + ",\"from\":10," + forUser("carl"));
        search(pipeline(CAPTURE, ""), BREAD + ",\"size\":0," + forUser("carl"));
        search(pipeline(CAPTURE, ""), BREAD);
        search(pipeline(CAPTURE, ""), "\"query\":{\"match_all\":{}}," + forUser("carl"));
        search(
            pipeline(CAPTURE, ""),
            "\"query\":{\"match_all\":{}},\"ext\":{\"interest\":{\"user\":\"carl\",\"query_text\":\"rye\"}}"
        );
        assertBusy(() -> assertEquals(4, counts().captured()), 60, TimeUnit.SECONDS);
        assertEquals(4, events("carl"));
        assertEquals(0, counts().notCaptured());
    }

    public void testASearchNeverFailsForItsEvent() throws Exception {
        assertEquals(
            10,
            search(
                "{\"request_processors\":[{\"interest_capture\":{\"tracker\":\"nowhere\"}}]}",
                BREAD + "," + forUser("carl")
            ).getHits().getHits().length
        );
        assertBusy(() -> assertEquals(1, counts().notCaptured()), 60, TimeUnit.SECONDS);
        assertEquals(
            10,
            search("{\"request_processors\":[{\"interest_capture\":{}}]}", BREAD + "," + forUser("carl")).getHits()
                .getHits().length
        );
        assertBusy(() -> assertEquals(2, counts().notCaptured()), 60, TimeUnit.SECONDS);
    }

    public void testWhoOptedOutIsNotRecorded() throws Exception {
        client().execute(TransportPutUserAction.TYPE, new UserRequest("shop", "ann", Map.of("opt_out", true)))
            .actionGet();
        int before = events("ann");
        search(pipeline(CAPTURE, ""), BREAD + "," + forUser("ann"));
        search(pipeline(CAPTURE, ""), BREAD + "," + forUser("carl"));
        assertBusy(() -> assertEquals(1, counts().captured()), 60, TimeUnit.SECONDS);
        assertEquals(before, events("ann"));
    }

    /** The event of a first page changes the next search, but not the later pages of the same search. */
    public void testTheNextPageSeesWhatTheFirstOneSaw() throws Exception {
        String things = "\"query\":{\"match\":{\"title\":\"thing\"}},\"size\":15,";
        String personal = personalize("\"tracker\":\"shop\",\"weight\":1");
        String who = "\"ext\":{\"interest\":{\"user\":\"ann\",\"query_text\":\"hiking boots\"}}";
        List<String> before = ids(search(pipeline(personal, ""), things + "\"from\":15," + who));
        search(pipeline(personal + "," + CAPTURE, ""), things + who);
        assertBusy(() -> assertEquals(1, counts().captured()), 60, TimeUnit.SECONDS);
        assertEquals(before, ids(search(pipeline(personal + "," + CAPTURE, ""), things + "\"from\":15," + who)));
    }

    public void testTheTextIsWhatWasTyped() {
        BoolQueryBuilder query = QueryBuilders.boolQuery()
            .must(QueryBuilders.multiMatchQuery(" trail shoes ", "title", "text"))
            .should(QueryBuilders.matchPhraseQuery("title", "trail shoes"))
            .should(QueryBuilders.functionScoreQuery(QueryBuilders.simpleQueryStringQuery("light")))
            .should(QueryBuilders.matchQuery("price", 5))
            .filter(QueryBuilders.matchQuery("kind", "sale"))
            .mustNot(QueryBuilders.queryStringQuery("used"));
        assertEquals("trail shoes light", QueryText.of(query));
        assertEquals("", QueryText.of(null));
        assertEquals("", QueryText.of(QueryBuilders.termQuery("kind", "shoe")));
        assertEquals(1_000, QueryText.of(QueryBuilders.matchQuery("title", "a".repeat(2_000))).length());
    }
}
