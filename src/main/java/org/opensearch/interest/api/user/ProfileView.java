package org.opensearch.interest.api.user;

import org.opensearch.interest.core.profile.DecayedSum;
import org.opensearch.interest.core.profile.DeclaredInterests;
import org.opensearch.interest.core.profile.DynamicInterest;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.InterestFunctions;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.vector.Vectors;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** JSON view of a profile. */
final class ProfileView {
    private final InterestFunctions interests;

    ProfileView(InterestFunctions interests) {
        this.interests = interests;
    }

    /**
     * @param at      milliseconds since 1970, not before the last event
     * @param vectors whether to show the parts' directions in item space, and the dynamic interest vector, all of unit
     *                length
     * @param explain whether to show where the numbers come from
     * @param titles  of the items that topics rest on, by id
     * @param rarity  of the words that topics are called by
     */
    Map<String, Object> of(
        Tracker tracker, String user, Profile profile, long at, boolean vectors, boolean explain,
        Map<String, String> titles, ToDoubleFunction<String> rarity
    ) {
        TopicView topics = new TopicView(at, vectors, titles, rarity);
        Optional<DynamicInterest> dynamic = interests.dynamic(tracker, profile, at);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("tracker", tracker.name());
        view.put("user", user);
        view.put("events", profile.events());
        if (profile.events() > 0) {
            view.put("first_event", Instant.ofEpochMilli(profile.firstEvent()).toString());
            view.put("last_event", Instant.ofEpochMilli(profile.lastEvent()).toString());
        }
        view.put("opt_out", profile.consent().optOut());
        view.put("confidence", DynamicInterest.confidence(profile, at));
        view.put("alpha", DynamicInterest.effectiveAlpha(profile, tracker.alpha(), at));
        if (vectors && dynamic.isPresent()) {
            view.put("vector", list(Vectors.unit(dynamic.get().direction())));
        }
        view.put("interests", profile.declared().list().stream().map(DeclaredInterests.Interest::text).toList());
        view.put("short_term", part(profile.shortTerm(), at, vectors));
        view.put("long_term", part(profile.learned(at), at, vectors));
        view.put("topics", topics.interests(profile));
        Map<String, Object> negative = part(profile.negative(), at, vectors);
        negative.put("topics", topics.negativeTopics(profile));
        view.put("negative", negative);
        view.put("impressions", part(profile.skipped(), at, vectors));
        if (explain) {
            view.put("explain", ProfileExplanation.of(tracker, profile, at));
        }
        return view;
    }

    private static Map<String, Object> part(DecayedSum sum, long at, boolean vectors) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("weight", sum.mass(at));
        if (vectors && sum.isEmpty() == false && Vectors.norm(sum.sum()) > 0) {
            part.put("vector", list(Vectors.unit(sum.sum())));
        }
        return part;
    }

    static List<Float> list(float[] vector) {
        Float[] boxed = new Float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            boxed[i] = vector[i];
        }
        return List.of(boxed);
    }
}
