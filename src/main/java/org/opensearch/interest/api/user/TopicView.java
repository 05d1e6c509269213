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
 * JSON view of topics.
 *
 * @param at      milliseconds since 1970, not before the last event
 * @param vectors whether to show their directions in item space, of unit length
 * @param titles  of items, by id
 * @param rarity  of words
 */
record TopicView(long at, boolean vectors, Map<String, String> titles, ToDoubleFunction<String> rarity) {
    /** By weight, the largest first; their weights are shares that add up to 1. */
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

    /** The same of what was turned down, which has no trend. */
    List<Map<String, Object>> negativeTopics(Profile profile) {
        return shown(profile.against(), topic -> Map.of());
    }

    private interface More {
        Map<String, Object> of(Topic topic);
    }

    private List<Map<String, Object>> shown(Topics topics, More more) {
        double total = topics.mass(at);
        List<Topic> bySize = new ArrayList<>(topics.list());
        bySize.sort(Comparator.comparingDouble((Topic topic) -> -topic.sum().mass(at)).thenComparingInt(Topic::id));
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Topic topic : bySize) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", Integer.toString(topic.id()));
            one.put("weight", total > 0 ? topic.sum().mass(at) / total : 1.0 / bySize.size());
            one.put("label", topics.label(topic, rarity));
            one.putAll(more.of(topic));
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

    /** Evidence with the largest shares of the topic's mass, the largest first. */
    private List<Map<String, Object>> because(Topic topic) {
        double mass = topic.sum().mass(at);
        List<Map<String, Object>> because = new ArrayList<>();
        for (TopicEvidence reason : topic.reasons().heaviest(at, topic.sum().halfLife())) {
            Map<String, Object> one = reason.item() == null ? new LinkedHashMap<>() : item(reason.item());
            if (reason.text().isEmpty() == false) {
                one.put("text", reason.text());
            }
            if (reason.type().isEmpty() == false) {
                one.put("type", reason.type());
            }
            one.put("events", reason.events());
            one.put("timestamp", Instant.ofEpochMilli(reason.time()).toString());
            // a topic's half-life may have changed since: a share is never more than all
            one.put("share", mass > 0 ? Math.min(1, reason.weight(at, topic.sum().halfLife()) / mass) : 0.0);
            because.add(one);
        }
        return because;
    }
}
