package org.opensearch.interest.search.pipeline;

import org.opensearch.action.search.CreatePitAction;
import org.opensearch.action.search.CreatePitRequest;
import org.opensearch.action.search.DeletePitAction;
import org.opensearch.action.search.DeletePitRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.search.SearchHit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Pages do not show ten similar items. */
public class DiversifyTests extends SearchPipelineTestCase {
    /** Query that ranks shoes first, then mugs, then bread, each by price. */
    private static final String RANKED = "\"query\":{\"bool\":{\"should\":["
        + "{\"constant_score\":{\"filter\":{\"term\":{\"kind\":\"shoe\"}},\"boost\":30}},"
        + "{\"constant_score\":{\"filter\":{\"term\":{\"kind\":\"mug\"}},\"boost\":20}},"
        + "{\"constant_score\":{\"filter\":{\"term\":{\"kind\":\"bread\"}},\"boost\":10}}]}}";

    private static String diversify(String options) {
        return "{\"interest_diversify\":{" + options + "}}";
    }

    private static String both(String options) {
        return pipeline(diversify(options), diversify(options));
    }

    public void testAPageShowsSeveralKindsWhereThePlainOneShowsOne() throws Exception {
        assertEquals(List.of("shoe"), kinds(search(null, RANKED + ",\"size\":6")).stream().distinct().toList());
        for (String where : List.of("\"tracker\":\"shop\"", "\"field\":\"embedding\"")) {
            SearchResponse diverse = search(both(where + ",\"diversity\":0.7"), RANKED + ",\"size\":6");
            assertEquals(6, diverse.getHits().getHits().length);
            assertEquals("the best stays first", "shoe", kinds(diverse).get(0));
            assertEquals(3, new HashSet<>(kinds(diverse)).size());
            for (SearchHit hit : diverse.getHits()) {
                assertTrue("no hit carries its vector", hit.getFields().isEmpty());
                assertTrue(hit.hasSource());
                float own = switch (hit.getId().charAt(0)) {
                    case 's' -> 30;
                    case 'm' -> 20;
                    default -> 10;
                };
                assertEquals("a hit keeps its own score", own, hit.getScore(), 0f);
            }
            assertEquals(30f, diverse.getHits().getMaxScore(), 0f);
        }
        assertEquals(2, counts().diversified());
        assertEquals(0, counts().notDiversified());
    }

    public void testWithoutTheRequestProcessorThePageItselfIsPutInOrder() throws Exception {
        String response = pipeline("", diversify("\"tracker\":\"shop\",\"diversity\":0.8"));
        List<String> plain = ids(search(null, RANKED + ",\"size\":15"));
        List<String> diverse = ids(search(response, RANKED + ",\"size\":15"));
        assertNotEquals(plain, diverse);
        assertEquals(new HashSet<>(plain), new HashSet<>(diverse));
    }

    public void testPagesFitTogether() throws Exception {
        List<String> allHits = new ArrayList<>();
        for (int from = 0; from < 30; from += 5) {
            allHits.addAll(
                ids(
                    search(
                        both("\"tracker\":\"shop\",\"diversity\":0.5,\"window\":12"),
                        RANKED + ",\"size\":5,\"from\":" + from
                    )
                )
            );
        }
        assertEquals("" + allHits, 30, new HashSet<>(allHits).size());
        assertEquals(30, allHits.size());
    }

    public void testZeroAndWhatCannotBeDiversifiedStayAsTheyAre() throws Exception {
        for (String body : List.of(
            RANKED + ",\"size\":9,\"sort\":[{\"price\":\"desc\"},{\"kind\":\"asc\"}]",
            RANKED + ",\"collapse\":{\"field\":\"kind\"}", RANKED + ",\"size\":0"
        )) {
            assertEquals(ids(search(null, body)), ids(search(both("\"tracker\":\"shop\",\"diversity\":0.8"), body)));
        }
        assertEquals(ids(search(null, RANKED)), ids(search(both("\"tracker\":\"shop\",\"diversity\":0"), RANKED)));
        assertEquals(0, counts().diversified());
        // a tracker that does not exist, and a pipeline that names no field
        for (String options : List.of("\"tracker\":\"nowhere\"", "\"diversity\":0.5")) {
            assertEquals(ids(search(null, RANKED)), ids(search(both(options), RANKED)));
        }
        assertEquals(2, counts().notDiversified());
    }

    public void testBlendsBeforeItPutsInOrderAndShowsTheUsersTopicsInTheirShares() throws Exception {
        for (int i = 2; i < 5; i++) {
            click("bob", "mug" + i);
        }
        String personal = personalize("\"tracker\":\"shop\",\"weight\":0.95,\"blend\":\"min_max\",\"window\":30");
        String options = "\"tracker\":\"shop\",\"diversity\":0.6,\"window\":30";
        SearchResponse alone = search(pipeline(personal, ""), RANKED + ",\"size\":8," + forUser("bob"));
        SearchResponse spread = search(
            pipeline(personal + "," + diversify(options), diversify(options)), RANKED + ",\"size\":8," + forUser("bob")
        );
        assertEquals(8, spread.getHits().getHits().length);
        assertTrue(
            Arrays.stream(spread.getHits().getHits())
                .allMatch(hit -> hit.getScore() <= 1f && Float.isFinite(hit.getScore()))
        );
        assertEquals("of one topic", 1, new HashSet<>(kinds(alone).subList(0, 3)).size());
        long mugs = kinds(spread).stream().filter("mug"::equals).count();
        assertTrue("" + kinds(spread), mugs >= 2 && mugs <= 6);
        assertTrue("" + kinds(spread), kinds(spread).contains("bread"));
    }

    public void testAVectorThatSourceLacksCounts() throws Exception {
        String sourceless = RANKED + ",\"size\":6,\"_source\":[\"title\"]";
        SearchResponse diverse = search(both("\"tracker\":\"shop\",\"diversity\":0.7"), sourceless);
        assertEquals(3, new HashSet<>(kinds(diverse)).size());
        assertEquals(java.util.Set.of("title"), diverse.getHits().getAt(0).getSourceAsMap().keySet());
    }

    public void testASearchByPointInTimeIsDiversifiedAsWell() throws Exception {
        String pit = client()
            .execute(CreatePitAction.INSTANCE, new CreatePitRequest(TimeValue.timeValueMinutes(1), true, "items"))
            .actionGet()
            .getId();
        String both = both("\"tracker\":\"shop\",\"diversity\":0.7");
        String body = "{\"search_pipeline\":" + both + "," + RANKED + ",\"size\":6,\"pit\":{\"id\":\"" + pit + "\"}}";
        SearchResponse diverse = client().search(new SearchRequest().source(source(body))).actionGet();
        assertEquals(3, new HashSet<>(kinds(diverse)).size());
        assertEquals(1, counts().diversified());
        client().execute(DeletePitAction.INSTANCE, new DeletePitRequest(pit)).actionGet();
    }
}
