package org.opensearch.interest.api.user;

import org.opensearch.interest.core.profile.InterestTrend;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.Topic;
import org.opensearch.interest.core.profile.TopicEvidence;
import org.opensearch.interest.core.profile.Topics;
import org.opensearch.interest.core.vector.Vectors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * JSON form of topics, for people to read.
 *
 * @param at      milliseconds since 1970, not before the last event
 * @param vectors whether to show the topics' directions in item space, of unit length
 * @param titles  titles by item id
 * @param rarity  inverse document frequency by word
 */
record TopicView(long at, boolean vectors, Map<String, String> titles, ToDoubleFunction<String> rarity) {
    /** Returns the topics by weight, the largest first. Their weights are shares that add up to 1. */
    List<Map<String, Object>> interests(Profile profile) {
        return shown(profile.topics(), topic -> {
            Map<String, Object> trend = new LinkedHashMap<>();
            trend.put(
                "trend",
                InterestTrend.of(topic, profile.topics(), at, profile.shortTerm().halfLife())
                    .name()
                    .toLowerCase(Locale.ROOT)
            );
            return trend;
        });
    }

    /** Returns the negative topics in the same form, without a trend. */
    List<Map<String, Object>> negativeTopics(Profile profile) {
        return shown(profile.against(), topic -> Map.of());
    }

    private interface ExtraFields {
        Map<String, Object> of(Topic topic);
    }

    private List<Map<String, Object>> shown(Topics topics, ExtraFields extra) {
        double total = topics.mass(at);
        List<Topic> bySize = new ArrayList<>(topics.list());
        bySize.sort(Comparator.comparingDouble((Topic topic) -> -topic.sum().mass(at)).thenComparingInt(Topic::id));
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Topic topic : bySize) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", Integer.toString(topic.id()));
            one.put("weight", total > 0 ? topic.sum().mass(at) / total : 1.0 / bySize.size());
            one.put("label", topics.label(topic, rarity));
            one.putAll(extra.of(topic));
            String item = topic.item(at);
            if (item != null) {
                one.put("representative", item(item));
            }
            one.put("events", topic.events());
            one.put("last_event", Instant.ofEpochMilli(topic.lastEvent()).toString());
            one.put("because", because(topic));
            if (vectors && Vectors.norm(topic.sum().sum()) > 0) {
                one.put("vector", ProfileView.list(Vectors.unit(topic.sum().sum())));
            }
            shown.add(one);
        }
        return shown;
    }

    private Map<String, Object> item(String id) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("item", id);
        if (titles.containsKey(id)) {
            item.put("title", titles.get(id));
        }
        return item;
    }

    /**
     * Returns the evidence with the most weight in the topic, the heaviest first, and its share of the topic's mass.
     */
    private List<Map<String, Object>> because(Topic topic) {
        double mass = topic.sum().mass(at);
        List<Map<String, Object>> because = new ArrayList<>();
        for (TopicEvidence evidence : topic.reasons().heaviest(at, topic.sum().halfLife())) {
            Map<String, Object> one = evidence.item() == null ? new LinkedHashMap<>() : item(evidence.item());
            if (evidence.text().isEmpty() == false) {
                one.put("text", evidence.text());
            }
            if (evidence.type().isEmpty() == false) {
                one.put("type", evidence.type());
            }
            one.put("events", evidence.events());
            one.put("timestamp", Instant.ofEpochMilli(evidence.time()).toString());
            // the topic's half-life may have changed since, so the share is limited to 1
            one.put("share", mass > 0 ? Math.min(1, evidence.weight(at, topic.sum().halfLife()) / mass) : 0.0);
            because.add(one);
        }
        return because;
    }
}
