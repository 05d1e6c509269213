package org.opensearch.interest.api.user;

import org.opensearch.interest.core.profile.DecayedSum;
import org.opensearch.interest.core.profile.DeclaredInterests;
import org.opensearch.interest.core.profile.DynamicInterest;
import org.opensearch.interest.core.profile.InterestTrend;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.Topic;
import org.opensearch.interest.core.tracking.Tracker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Explanation of a profile's numbers: each with its formula and the inputs of the formula. */
final class ProfileExplanation {
    private ProfileExplanation() {}

    /** @param at milliseconds since 1970, not before the last event */
    static Map<String, Object> of(Tracker tracker, Profile profile, long at) {
        Map<String, Object> explain = new LinkedHashMap<>();
        explain.put("at", Instant.ofEpochMilli(at).toString());
        explain.put("geometry_version", tracker.fit().isNone() ? 0 : tracker.fit().version());
        explain.put("age_millis", profile.events() == 0 ? 0 : at - profile.lastEvent());
        explain.put("short_term", sum(profile, profile.shortTerm(), at));
        List<Map<String, Object>> longTerm = new ArrayList<>();
        longTerm.add(sum(profile, profile.longTerm(), at));
        profile.sumsByHalfLife().forEach(sum -> longTerm.add(sum(profile, sum, at)));
        explain.put("long_term", longTerm);
        explain.put("impressions", sum(profile, profile.skipped(), at));
        explain.put(
            "declared", Map.of("interests", profile.declared().list().size(), "weight_each", DeclaredInterests.MASS)
        );
        explain.put("alpha", alpha(tracker, profile, at));
        explain.put("confidence", confidence(profile, at));
        explain.put("topics", topics(profile, at));
        return explain;
    }

    private static Map<String, Object> sum(Profile profile, DecayedSum sum, long at) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("half_life_millis", sum.halfLife());
        shown.put("weight", sum.mass(at));
        shown.put("weight_of_items", sum.itemMass(at));
        shown.put("weight_of_texts", sum.mass(at) - sum.itemMass(at));
        // decay of the whole sum since the last event
        shown.put(
            "age_factor",
            profile.events() == 0 ? 1.0 : Math.pow(2, -(double) (at - profile.lastEvent()) / sum.halfLife())
        );
        return shown;
    }

    private static Map<String, Object> alpha(Tracker tracker, Profile profile, long at) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("formula", "configured * (1 - 2^(-short_term.weight))");
        shown.put("configured", tracker.alpha());
        shown.put("short_term_weight", profile.shortTerm().mass(at));
        shown.put("value", DynamicInterest.effectiveAlpha(profile, tracker.alpha(), at));
        return shown;
    }

    private static Map<String, Object> confidence(Profile profile, long at) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("formula", "1 - 2^(-(long_term.weight + declared weight))");
        shown.put("long_term_weight", profile.learned(at).mass(at));
        shown.put("declared_weight", profile.declared().list().size() * DeclaredInterests.MASS);
        shown.put("value", DynamicInterest.confidence(profile, at));
        return shown;
    }

    private static List<Map<String, Object>> topics(Profile profile, long at) {
        long shortTerm = profile.shortTerm().halfLife();
        double totalMass = profile.topics().mass(at);
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Topic topic : profile.topics().list()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", Integer.toString(topic.id()));
            one.put("half_life_millis", topic.sum().halfLife());
            one.put("weight", topic.sum().mass(at));
            one.put("weight_of_all_topics", totalMass);
            one.put("recent_weight", topic.recent(at, shortTerm));
            one.put("shift", InterestTrend.shift(topic, profile.topics(), at, shortTerm));
            shown.add(one);
        }
        return shown;
    }
}
