package org.opensearch.interest.api.user;

import org.opensearch.interest.core.profile.ConsentState;
import org.opensearch.interest.core.profile.DecayedSum;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.Topic;
import org.opensearch.interest.core.profile.TopicEvidence;
import org.opensearch.interest.core.profile.Topics;
import org.opensearch.interest.core.tracking.Tracker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON form of everything that a profile holds, with all vectors, for the user or for another system. */
final class ProfileExport {
    private ProfileExport() {}

    /** @param at milliseconds since 1970: the time to which sums and weights are decayed */
    static Map<String, Object> of(Tracker tracker, String user, Profile profile, long at) {
        Map<String, Object> export = new LinkedHashMap<>();
        export.put("tracker", tracker.name());
        export.put("user", user);
        export.put("at", time(at));
        export.putAll(stored(profile, at));
        return export;
    }

    private static Map<String, Object> stored(Profile profile, long at) {
        ConsentState consent = profile.consent();
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("events", profile.events());
        if (profile.events() > 0) {
            stored.put("first_event", time(profile.firstEvent()));
            stored.put("last_event", time(profile.lastEvent()));
        }
        stored.put("opt_out", consent.optOut());
        if (consent.deletedUntil() != ConsentState.NEVER) {
            stored.put("deleted_until", time(consent.deletedUntil()));
        }
        stored.put(
            "interests",
            profile.declared().list().stream().map(one -> described("text", one.text(), one.vector())).toList()
        );
        stored.put("short_term", sum(profile.shortTerm(), at));
        stored.put("long_term", sum(profile.longTerm(), at));
        stored.put("long_term_by_signal", profile.sumsByHalfLife().stream().map(sum -> sum(sum, at)).toList());
        Map<String, Object> negative = sum(profile.negative(), at);
        negative.put("topics", topics(profile.against(), at));
        stored.put("negative", negative);
        stored.put("impressions", sum(profile.skipped(), at));
        stored.put("topics", topics(profile.topics(), at));
        stored.put("remembered_event_ids", profile.ids().size());
        stored.put("merged_profiles", consent.absorbed().size());
        if (consent.leaving() != null) {
            // a merge was interrupted: this profile still holds the data that moves to the other user
            stored.put("leaving", stored(consent.leaving().profile(), at));
        }
        return stored;
    }

    private static List<Map<String, Object>> topics(Topics topics, long at) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Topic topic : topics.list()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", Integer.toString(topic.id()));
            one.put("label", topics.label(topic, word -> 1));
            one.put("words", new LinkedHashMap<String, Object>(topic.words().counts()));
            one.put("events", topic.events());
            one.put("last_event", time(topic.lastEvent()));
            if (topic.item(at) != null) {
                one.put("item", topic.item(at));
            }
            one.put("recent_weight_at_last_event", topic.recent());
            one.put("because", topic.reasons().list().stream().map(ProfileExport::evidence).toList());
            one.putAll(sum(topic.sum(), at));
            shown.add(one);
        }
        return shown;
    }

    private static Map<String, Object> evidence(TopicEvidence evidence) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (evidence.item() != null) {
            shown.put("item", evidence.item());
        }
        shown.put("text", evidence.text());
        shown.put("type", evidence.type());
        shown.put("timestamp", time(evidence.time()));
        shown.put("weight", evidence.weight());
        shown.put("events", evidence.events());
        return shown;
    }

    private static Map<String, Object> sum(DecayedSum sum, long at) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("half_life_millis", sum.halfLife());
        shown.put("weight", sum.mass(at));
        shown.put("sum", list(sum.valueAt(at)));
        return shown;
    }

    private static Map<String, Object> described(String key, String text, float[] vector) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put(key, text);
        shown.put("vector", list(vector));
        return shown;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static List<Float> list(float[] vector) {
        List<Float> list = new ArrayList<>(vector.length);
        for (float number : vector) {
            list.add(number);
        }
        return list;
    }
}
