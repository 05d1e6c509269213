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

/** JSON form of a profile, for people to read. */
final class ProfileView {
    private final InterestFunctions interests;

    ProfileView(InterestFunctions interests) {
        this.interests = interests;
    }

    /**
     * @param at      milliseconds since 1970, not before the last event
     * @param vectors whether to show the directions of the profile's sums and topics in item space and the dynamic
     *                interest vector, all of unit length
     * @param explain whether to explain the numbers
     * @param titles  titles by item id, of the items in the topics' evidence
     * @param rarity  inverse document frequency by word, of the words in the topics' labels
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
        view.put("short_term", sum(profile.shortTerm(), at, vectors));
        view.put("long_term", sum(profile.learned(at), at, vectors));
        view.put("topics", topics.interests(profile));
        Map<String, Object> negative = sum(profile.negative(), at, vectors);
        negative.put("topics", topics.negativeTopics(profile));
        view.put("negative", negative);
        view.put("impressions", sum(profile.skipped(), at, vectors));
        if (explain) {
            view.put("explain", ProfileExplanation.of(tracker, profile, at));
        }
        return view;
    }

    private static Map<String, Object> sum(DecayedSum sum, long at, boolean vectors) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("weight", sum.mass(at));
        if (vectors && sum.isEmpty() == false && Vectors.norm(sum.sum()) > 0) {
            json.put("vector", list(Vectors.unit(sum.sum())));
        }
        return json;
    }

    static List<Float> list(float[] vector) {
        Float[] boxed = new Float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            boxed[i] = vector[i];
        }
        return List.of(boxed);
    }
}
