package org.opensearch.interest.recommend;

import org.opensearch.action.search.SearchResponse;
import org.opensearch.common.document.DocumentField;
import org.opensearch.interest.pipeline.search.Hits;
import org.opensearch.interest.ranking.PersonalFunction;
import org.opensearch.interest.store.ResolvedInterest;
import org.opensearch.search.SearchHit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Why a hit is there: the user's topics that it is about and their shares; or, where nothing is known of the user, that it is popular or new. */
final class Because {
    private static final String FIELD = "because";

    private Because() {}

    /** @param units one a hit; null where it has no vector */
    static SearchResponse topics(SearchResponse response, ResolvedInterest interest, List<float[]> units) {
        SearchHit[] hits = response.getHits().getHits().clone();
        for (int i = 0; i < hits.length; i++) {
            hits[i] = with(hits[i], topics(interest, units.get(i)));
        }
        return Hits.replaced(response, hits);
    }

    /** Of hits whose score is how popular they are. */
    static SearchResponse popularOrNew(SearchResponse response) {
        SearchHit[] hits = response.getHits().getHits().clone();
        for (int i = 0; i < hits.length; i++) {
            hits[i] = with(hits[i], List.of(Map.of("kind", hits[i].getScore() > 0 ? "popular" : "newest")));
        }
        return Hits.replaced(response, hits);
    }

    private static List<Map<String, Object>> topics(ResolvedInterest interest, float[] unit) {
        List<Map<String, Object>> topics = new ArrayList<>();
        if (unit != null && interest.function() instanceof PersonalFunction personal && unit.length == personal.dimension()) {
            double[] about = personal.about(personal.dots(unit));
            for (int i = 0; i < Math.min(about.length, interest.topics().size()); i++) {
                if (about[i] > 0) {
                    topics.add(Map.of("kind", "topic", "label", interest.topics().get(i).label(), "share", about[i]));
                }
            }
            topics.sort(Comparator.comparingDouble(topic -> -(double) topic.get("share")));
        }
        return topics;
    }

    /** A metadata field stands beside {@code _id} in the answer, and not among the item's own fields. */
    private static SearchHit with(SearchHit hit, List<Map<String, Object>> because) {
        Map<String, DocumentField> meta = new HashMap<>(hit.getMetaFields());
        meta.put(FIELD, new DocumentField(FIELD, List.of(because)));
        SearchHit copy = new SearchHit(hit.docId(), hit.getId(), hit.getDocumentFields(), meta);
        copy.score(hit.getScore());
        copy.sourceRef(hit.getSourceRef());
        copy.shard(hit.getShard());
        return copy;
    }
}
