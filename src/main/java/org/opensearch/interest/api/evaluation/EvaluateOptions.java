package org.opensearch.interest.api.evaluation;

import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.method.MethodNames;
import org.opensearch.interest.core.evaluation.method.ParameterGrid;
import org.opensearch.interest.core.evaluation.report.EvaluationSpec;
import org.opensearch.interest.core.json.JsonObjectReader;
import org.opensearch.interest.core.tracking.Durations;
import org.opensearch.interest.core.tracking.Timestamps;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Validated options of an evaluate request.
 *
 * @param protocol   split, leave_one_out or rolling
 * @param split      milliseconds since 1970; null for the time before which nine tenths of the events lie
 * @param since      start of the events used, inclusive, in milliseconds since 1970; earlier events are ignored
 * @param until      end of the events used, exclusive, in milliseconds since 1970
 * @param repeats    whether items that the user engaged with before can be targets; null to decide by the data
 * @param candidates number of other items ranked with the targets; 0 for all
 * @param users      maximum number of users with evaluation cases
 * @param maxItems   maximum number of items read from the catalogue
 * @param sweep      parameter values to try; null for none
 * @param events     events to replay instead of the tracker's own; null for the tracker's own
 */
record EvaluateOptions(
    String protocol,
    Long split,
    long since,
    long until,
    Boolean repeats,
    int candidates,
    int k,
    int users,
    int maxItems,
    long seed,
    List<String> methods,
    ParameterGrid sweep,
    List<?> events
) {
    /**
     * Default number of users: one thread ranks for them within minutes, and the confidence intervals are narrow
     * enough.
     */
    private static final int USERS = 1_000;
    private static final int MOST_USERS = 20_000;
    private static final int ITEMS = 20_000;
    private static final int MOST_ITEMS = 1_000_000;
    private static final int MOST_EVENTS = 100_000;
    private static final int MOST_METHODS = 50;
    /**
     * Limit of the memory for cases: about a hundred numbers per case for twenty methods make some tens of megabytes.
     */
    private static final int MOST_CASES = 20_000;

    /**
     * Returns the specification of the evaluation cases for a tracker's data. Items without any engagement are ranked
     * like all others, because a search finds them as well.
     */
    EvaluationSpec spec() {
        return new EvaluationSpec(protocol, split, until, repeats, true, null, candidates, users, MOST_CASES, k, seed);
    }

    /** Returns the description of the protocol in a report. */
    Map<String, Object> describe(EvaluationCases experiment) {
        Map<String, Object> description = spec().describe(experiment);
        if (since > 0) {
            description.put("since", Instant.ofEpochMilli(since).toString());
        }
        description.put("events", events == null ? "the tracker's" : "given");
        return description;
    }

    /** @throws IllegalArgumentException that names the field, the value and what is allowed */
    static EvaluateOptions read(Map<String, ?> body) {
        JsonObjectReader reader = new JsonObjectReader("evaluate request", body);
        Long split = time(reader, "split");
        String protocol = reader.oneOf("protocol", "split", "split", "leave_one_out", "rolling");
        if (split != null && protocol.equals("leave_one_out")) {
            throw reader.invalid("split", "absent with the protocol [leave_one_out], which has no split");
        }
        Long since = time(reader, "since");
        Long until = time(reader, "until");
        if (since != null && until != null && since >= until) {
            throw reader.invalid("since", "a time before [until]");
        }
        EvaluateOptions options = new EvaluateOptions(
            protocol, split, since == null ? 0 : since, until == null ? Long.MAX_VALUE : until, repeats(reader),
            candidates(reader), (int) reader.integer("k", 1, 1_000, 10),
            (int) reader.integer("users", 2, MOST_USERS, USERS),
            (int) reader.integer("max_items", 2, MOST_ITEMS, ITEMS),
            reader.integer("seed", Long.MIN_VALUE / 2, Long.MAX_VALUE / 2, 42), methods(reader), sweep(reader),
            events(reader)
        );
        reader.done();
        return options;
    }

    private static List<?> events(JsonObjectReader reader) {
        List<?> events = reader.list("events");
        if (events != null && (events.isEmpty() || events.size() > MOST_EVENTS)) {
            throw new IllegalArgumentException(
                "[interest] [events] of evaluate request must hold 1 to " + MOST_EVENTS + " events, but holds ["
                    + events.size() + "]"
            );
        }
        return events;
    }

    private static Boolean repeats(JsonObjectReader reader) {
        if (reader.has("repeats") && reader.has("new_only")
            && reader.bool("repeats", false) == reader.bool("new_only", false)) {
            throw reader.invalid("new_only", "absent beside [repeats], of which it is the opposite");
        }
        return reader.has("repeats") ? (Boolean) reader.bool("repeats", false)
            : reader.has("new_only") ? (Boolean) (reader.bool("new_only", false) == false) : null;
    }

    private static int candidates(JsonObjectReader reader) {
        if ("all".equals(reader.value("candidates"))) {
            return 0;
        }
        return reader.value("candidates") instanceof String
            ? throwInvalid(reader, "candidates", "[all] or a whole number in [1,1000000]")
            : (int) reader.integer("candidates", 1, 1_000_000, 0);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns, so no cast is hidden
    private static <T> T throwInvalid(JsonObjectReader reader, String key, String allowed) {
        throw reader.invalid(key, allowed);
    }

    /**
     * Reads the methods to compare. The default list contains this plugin's ranking; {@code defaults} adds it to a list
     * of other methods.
     */
    private static List<String> methods(JsonObjectReader reader) {
        List<String> given = reader.strings("methods");
        LinkedHashSet<String> names = new LinkedHashSet<>(given == null ? MethodNames.DEFAULT : given);
        if (reader.bool("defaults", false)) {
            names.add("interest");
        }
        if (names.isEmpty() || names.size() > MOST_METHODS) {
            throw reader.invalid("methods", "a list of 1 to " + MOST_METHODS + " methods");
        }
        for (String name : names) {
            try {
                MethodNames.require(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("[interest] [methods] of evaluate request: " + e.getMessage());
            }
        }
        return List.copyOf(names);
    }

    private static ParameterGrid sweep(JsonObjectReader reader) {
        if (reader.has("sweep") == false) {
            return null;
        }
        if (reader.value("sweep") instanceof Boolean) {
            return reader.bool("sweep", false) ? ParameterGrid.USUAL : null;
        }
        JsonObjectReader given = reader.object("sweep");
        try {
            return new ParameterGrid(
                given.has("shapes") ? given.strings("shapes") : ParameterGrid.USUAL.shapes(),
                given.has("long_term") ? days(given, "long_term") : ParameterGrid.USUAL.longTerm(),
                given.has("short_term") ? days(given, "short_term") : ParameterGrid.USUAL.shortTerm(),
                given.has("alpha") ? numbers(given, "alpha") : ParameterGrid.USUAL.alphas(),
                given.has("topics") ? numbers(given, "topics").stream().map(Double::intValue).toList()
                    : ParameterGrid.USUAL.topics()
            );
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith("[interest]") ? e
                : new IllegalArgumentException("[interest] " + e.getMessage());
        }
    }

    private static List<Double> days(JsonObjectReader reader, String key) {
        List<Double> days = new ArrayList<>();
        for (String halfLife : reader.strings(key)) {
            try {
                days.add(
                    halfLife.equals("uniform") ? Double.POSITIVE_INFINITY : Durations.parse(halfLife) / 86_400_000.0
                );
            } catch (IllegalArgumentException e) {
                throw reader.invalid(key, "a list of half-lives, each [uniform] or " + Durations.ALLOWED);
            }
        }
        return days;
    }

    private static List<Double> numbers(JsonObjectReader reader, String key) {
        float[] given = reader.floats(key);
        List<Double> numbers = new ArrayList<>();
        for (float number : given) {
            // converted through the text, so that 0.4 stays 0.4
            numbers.add(Double.parseDouble(Float.toString(number)));
        }
        return numbers;
    }

    private static Long time(JsonObjectReader reader, String key) {
        if (reader.has(key) == false) {
            return null;
        }
        String allowed = "ISO 8601 or milliseconds since 1970";
        try {
            return switch (reader.value(key)) {
                case Number number -> reader.integer(key, 0, Long.MAX_VALUE, 0);
                case String text -> Timestamps.parse(text);
                case null, default -> throw reader.invalid(key, allowed);
            };
        } catch (DateTimeException | ArithmeticException e) {
            throw reader.invalid(key, allowed);
        }
    }
}
