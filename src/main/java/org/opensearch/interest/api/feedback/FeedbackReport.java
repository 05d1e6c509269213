package org.opensearch.interest.api.feedback;

import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.experiment.FeedbackCounts;
import org.opensearch.interest.core.experiment.FeedbackCounts.Group;
import org.opensearch.interest.core.experiment.PairedPreference;
import org.opensearch.interest.core.experiment.PlacementCounts;
import org.opensearch.interest.core.experiment.Proportion;
import org.opensearch.interest.core.experiment.UserRates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON report of the counts for administrators, with confidence intervals, and with a reason if the data are too few.
 */
final class FeedbackReport {
    /** With fewer users, the interval of a mean over users is unreliable. */
    static final int USERS_NEEDED = 30;
    /** With fewer clicks, the difference of two rates depends on a few users. */
    static final int CLICKS_NEEDED = 10;

    private final FeedbackCounts feedback;

    FeedbackReport(FeedbackCounts feedback) {
        this.feedback = feedback;
    }

    /**
     * @param experiment name of the experiment; null if there is none
     * @param control    variant with which the others are compared; null for the first by name
     */
    Map<String, Object> of(String experiment, String control) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("users", feedback.users());
        json.putAll(group(feedback.total()));
        Map<String, Object> variants = new LinkedHashMap<>();
        feedback.variants().forEach((name, group) -> variants.put(name, variant(group)));
        json.put("variants", variants);
        if (experiment != null) {
            json.put("experiment", experiment(experiment, control));
            if (feedback.wins().isEmpty() == false || feedback.ties() > 0) {
                json.put("interleaving", interleaving(control));
            }
        }
        return json;
    }

    private static Map<String, Object> variant(Group group) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("users", group.all().clicks().users());
        json.putAll(group(group));
        return json;
    }

    private static Map<String, Object> group(Group group) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pages", group.pages());
        json.putAll(tally(group.all()));
        List<Object> positions = new ArrayList<>();
        for (int i = 0; i < FeedbackCounts.POSITIONS; i++) {
            if (group.at(i) != null) {
                Map<String, Object> position = new LinkedHashMap<>();
                position.put("position", i);
                position.putAll(tally(group.at(i)));
                positions.add(position);
            }
        }
        json.put("positions", positions);
        return json;
    }

    private static Map<String, Object> tally(PlacementCounts tally) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("impressions", tally.clicks().trials());
        json.put("clicks", tally.clicks().successes());
        tally.clicks().rate().ifPresent(rate -> json.put("click_through", rate(rate)));
        json.put("conversions", tally.conversions().successes());
        tally.conversions().rate().ifPresent(rate -> json.put("conversion", rate(rate)));
        return json;
    }

    private static Map<String, Object> rate(Proportion rate) {
        return interval(rate.value(), rate.low(), rate.high());
    }

    private static Map<String, Object> interval(double value, double low, double high) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", value);
        json.put("ci", List.of(low, high));
        return json;
    }

    private Map<String, Object> experiment(String name, String given) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        List<String> variants = feedback.variants()
            .keySet()
            .stream()
            .filter(variant -> variant.equals(Experiment.INTERLEAVED) == false)
            .toList();
        String control = given != null ? given : variants.isEmpty() ? null : variants.get(0);
        if (control != null) {
            json.put("control", control);
        }
        json.put("users_of_several_variants", feedback.usersOfSeveral());
        Map<String, Object> differences = new LinkedHashMap<>();
        for (String variant : variants) {
            if (variant.equals(control) == false) {
                differences.put(variant, difference(variant, control));
            }
        }
        json.put("differences", differences);
        if (differences.isEmpty() || feedback.variants().containsKey(control) == false) {
            json.put("enough_data", false);
            json.put("why", "nothing was shown under two variants of [" + name + "]");
        }
        return json;
    }

    /** Returns the difference of a variant to the control, and whether there are enough data to rely on it. */
    private Map<String, Object> difference(String name, String control) {
        Map<String, Object> json = new LinkedHashMap<>();
        Group variant = feedback.variants().get(name);
        Group other = feedback.variants().get(control);
        if (other == null) {
            return enough(json, Optional.of("[" + control + "] was shown to no user"));
        }
        json.put("click_through", difference(variant.all().clicks(), other.all().clicks()));
        json.put("conversion", difference(variant.all().conversions(), other.all().conversions()));
        Optional<String> reason = tooLittle(name, variant.all().clicks())
            .or(() -> tooLittle(control, other.all().clicks()));
        return enough(json, reason);
    }

    private static Map<String, Object> difference(UserRates one, UserRates other) {
        Proportion.Difference difference = one.rate().orElseThrow().minus(other.rate().orElseThrow());
        return interval(difference.value(), difference.low(), difference.high());
    }

    private static Optional<String> tooLittle(String variant, UserRates clicks) {
        if (clicks.users() < USERS_NEEDED) {
            return Optional.of(
                "[" + variant + "] was shown to [" + clicks.users() + "] users, and [" + USERS_NEEDED + "] are needed"
            );
        }
        if (clicks.successes() < CLICKS_NEEDED) {
            return Optional.of(
                "[" + variant + "] has [" + clicks.successes() + "] clicks, and [" + CLICKS_NEEDED + "] are needed"
            );
        }
        return Optional.empty();
    }

    private static Map<String, Object> enough(Map<String, Object> json, Optional<String> why) {
        json.put("enough_data", why.isEmpty());
        why.ifPresent(reason -> json.put("why", reason));
        return json;
    }

    private Map<String, Object> interleaving(String given) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("wins", feedback.wins());
        json.put("ties", feedback.ties());
        String control = given != null ? given : feedback.wins().keySet().stream().findFirst().orElse(null);
        Map<String, Object> preferences = new LinkedHashMap<>();
        for (String team : feedback.wins().keySet()) {
            if (team.equals(control) == false) {
                preferences.put(team, preference(feedback.preference(team, control)));
            }
        }
        json.put("preferences", preferences);
        return json;
    }

    private static Map<String, Object> preference(PairedPreference preference) {
        Map<String, Object> json = new LinkedHashMap<>();
        preference.share().ifPresent(share -> json.put("share", rate(share)));
        json.put("p_value", preference.p());
        long decided = preference.wins() + preference.losses();
        boolean few = decided < USERS_NEEDED;
        return enough(
            json,
            few ? Optional.of("[" + decided + "] users preferred one of the two, and [" + USERS_NEEDED + "] are needed")
                : Optional.empty()
        );
    }
}
