package org.opensearch.interest.user;

import org.opensearch.interest.profile.DecayedSum;
import org.opensearch.interest.profile.Declared;
import org.opensearch.interest.profile.DynamicInterest;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.Topic;
import org.opensearch.interest.tracking.Interests;
import org.opensearch.interest.tracking.Tracker;
import org.opensearch.interest.vector.Vectors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a profile looks like to the person who reads it. */
final class ProfileView {
    private final Interests interests;

    ProfileView(Interests interests) {
        this.interests = interests;
    }

    /**
     * @param at milliseconds since 1970, not before the last event
     * @param vectors whether to show the parts' directions in item space, and the dynamic interest vector, all of unit length
     * @param titles  of the items that stand for topics, by id
     */
    Map<String, Object> of(Tracker tracker, String user, Profile profile, long at, boolean vectors, Map<String, String> titles) {
        Optional<DynamicInterest> dynamic = interests.dynamic(tracker, profile, at);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("tracker", tracker.name());
        view.put("user", user);
        view.put("events", profile.events());
        if (profile.events() > 0) {
            view.put("first_event", Instant.ofEpochMilli(profile.firstEvent()).toString());
            view.put("last_event", Instant.ofEpochMilli(profile.lastEvent()).toString());
        }
        view.put("opt_out", profile.standing().optOut());
        view.put("confidence", DynamicInterest.confidence(profile, at));
        view.put("alpha", DynamicInterest.effectiveAlpha(profile, tracker.alpha(), at));
        if (vectors && dynamic.isPresent()) {
            view.put("vector", list(Vectors.unit(dynamic.get().direction())));
        }
        view.put("interests", profile.declared().list().stream().map(Declared.Interest::text).toList());
        view.put("short_term", part(profile.shortTerm(), at, vectors));
        view.put("long_term", part(profile.longTerm(), at, vectors));
        view.put("topics", topics(profile, at, titles, vectors));
        view.put("negative", part(profile.negative(), at, vectors));
        return view;
    }

    /** By weight, the largest first; their weights are shares that add up to 1. */
    private static List<Map<String, Object>> topics(Profile profile, long at, Map<String, String> titles, boolean vectors) {
        double total = profile.topics().list().stream().mapToDouble(topic -> topic.sum().mass(at)).sum();
        List<Topic> bySize = new ArrayList<>(profile.topics().list());
        bySize.sort(Comparator.comparingDouble((Topic topic) -> -topic.sum().mass(at)).thenComparingInt(Topic::id));
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Topic topic : bySize) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", Integer.toString(topic.id()));
            one.put("weight", total > 0 ? topic.sum().mass(at) / total : 1.0 / bySize.size());
            one.put("label", profile.topics().label(topic));
            if (topic.item() != null) {
                Map<String, Object> representative = new LinkedHashMap<>();
                representative.put("item", topic.item());
                if (titles.containsKey(topic.item())) {
                    representative.put("title", titles.get(topic.item()));
                }
                one.put("representative", representative);
            }
            one.put("events", topic.events());
            one.put("last_event", Instant.ofEpochMilli(topic.lastEvent()).toString());
            if (vectors && Vectors.norm(topic.sum().sum()) > 0) {
                one.put("vector", list(Vectors.unit(topic.sum().sum())));
            }
            shown.add(one);
        }
        return shown;
    }

    private static Map<String, Object> part(DecayedSum sum, long at, boolean vectors) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("weight", sum.mass(at));
        if (vectors && sum.isEmpty() == false && Vectors.norm(sum.sum()) > 0) {
            part.put("vector", list(Vectors.unit(sum.sum())));
        }
        return part;
    }

    private static List<Float> list(float[] vector) {
        Float[] boxed = new Float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            boxed[i] = vector[i];
        }
        return List.of(boxed);
    }
}
