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

/** All that a profile holds, number by number: what a person may ask for, and another system could read. */
final class ProfileExport {
    private ProfileExport() {}

    /** @param at milliseconds since 1970: the time that sums and weights are told for */
    static Map<String, Object> of(Tracker tracker, String user, Profile profile, long at) {
        Map<String, Object> export = new LinkedHashMap<>();
        export.put("tracker", tracker.name());
        export.put("user", user);
        export.put("at", time(at));
        export.putAll(held(profile, at));
        return export;
    }

    private static Map<String, Object> held(Profile profile, long at) {
        ConsentState consent = profile.consent();
        Map<String, Object> held = new LinkedHashMap<>();
        held.put("events", profile.events());
        if (profile.events() > 0) {
            held.put("first_event", time(profile.firstEvent()));
            held.put("last_event", time(profile.lastEvent()));
        }
        held.put("opt_out", consent.optOut());
        if (consent.deletedUntil() != ConsentState.NEVER) {
            held.put("deleted_until", time(consent.deletedUntil()));
        }
        held.put(
            "interests",
            profile.declared().list().stream().map(one -> described("text", one.text(), one.vector())).toList()
        );
        held.put("short_term", sum(profile.shortTerm(), at));
        held.put("long_term", sum(profile.longTerm(), at));
        held.put("long_term_by_signal", profile.sumsByHalfLife().stream().map(sum -> sum(sum, at)).toList());
        Map<String, Object> negative = sum(profile.negative(), at);
        negative.put("topics", topics(profile.against(), at));
        held.put("negative", negative);
        held.put("impressions", sum(profile.skipped(), at));
        held.put("topics", topics(profile.topics(), at));
        held.put("remembered_event_ids", profile.ids().size());
        held.put("merged_profiles", consent.absorbed().size());
        if (consent.leaving() != null) {
            // a merge that broke off: what is on its way is still held here
            held.put("leaving", held(consent.leaving().profile(), at));
        }
        return held;
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
            one.put("because", topic.reasons().list().stream().map(ProfileExport::reason).toList());
            one.putAll(sum(topic.sum(), at));
            shown.add(one);
        }
        return shown;
    }

    private static Map<String, Object> reason(TopicEvidence reason) {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (reason.item() != null) {
            shown.put("item", reason.item());
        }
        shown.put("text", reason.text());
        shown.put("type", reason.type());
        shown.put("timestamp", time(reason.time()));
        shown.put("weight", reason.weight());
        shown.put("events", reason.events());
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
