package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.experiment.Experiment;
import org.opensearch.interest.core.experiment.Variant;
import org.opensearch.interest.core.json.JsonObjectReader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A tracker's experiment as users write and read it. */
public final class ExperimentJson {
    private static final String NAME = "name";
    private static final String VARIANTS = "variants";
    private static final String CONTROL = "control";
    private static final String INTERLEAVE = "interleave";
    private static final String SHARE = "share";
    private static final String WEIGHT = "weight";
    private static final String DIVERSITY = "diversity";
    private static final String STRATEGY = "strategy";
    /** Tolerance of a sum of shares. */
    private static final double ROUNDING = 1e-6;

    private ExperimentJson() {}

    /**
     * @param json within a tracker
     * @throws IllegalArgumentException naming the field, the value and what is allowed
     */
    static Experiment read(JsonObjectReader json) {
        json.require(NAME, "the experiment's name");
        json.require(VARIANTS, "an object of 2 to " + Experiment.MOST_VARIANTS + " variants by name");
        String name = name(json, NAME, json.optionalString(NAME, null));
        JsonObjectReader given = json.object(VARIANTS);
        if (given.keys().size() < 2 || given.keys().size() > Experiment.MOST_VARIANTS) {
            throw json.invalid(VARIANTS, "an object of 2 to " + Experiment.MOST_VARIANTS + " variants by name");
        }
        List<Variant> variants = new ArrayList<>();
        for (String variant : given.keys()) {
            variants.add(variant(given, variant));
        }
        double shares = variants.stream().mapToDouble(Variant::share).sum();
        if (Math.abs(shares - 1) > ROUNDING) {
            throw new IllegalArgumentException(
                "[interest] [experiment.variants] of tracker must have shares that add up to 1, but they add up to ["
                    + (float) shares + "]"
            );
        }
        boolean interleave = json.bool(INTERLEAVE, false);
        if (interleave && variants.size() != 2) {
            throw new IllegalArgumentException(
                "[interest] [experiment.interleave] of tracker may be true where there are exactly 2 variants, but there are ["
                    + variants.size() + "]"
            );
        }
        String control = json.oneOf(CONTROL, leastPersonal(variants), given.keys().toArray(String[]::new));
        return new Experiment(name, variants, control, interleave);
    }

    private static Variant variant(JsonObjectReader variants, String name) {
        name(variants, name, name);
        if (name.equals(Experiment.INTERLEAVED)) {
            throw variants
                .invalid(name, "called something else: the name stands for pages that are made of two variants");
        }
        JsonObjectReader json = variants.object(name);
        json.require(SHARE, "a number in (0,1]");
        double share = json.number(SHARE, 0, 1, 0);
        if (share == 0) {
            throw json.invalid(SHARE, "a number in (0,1]");
        }
        return new Variant(
            name, share, orNull(json.number(WEIGHT, 0, 1)), orNull(json.number(DIVERSITY, 0, 1)),
            json.oneOf(STRATEGY, null, "auto", "exact", "ann")
        );
    }

    private static String name(JsonObjectReader json, String key, String name) {
        try {
            return UserId.requireName(key, name);
        } catch (IllegalArgumentException e) {
            throw json.invalid(key, "named by 1 to " + UserId.MAX_BYTES + " bytes without control characters");
        }
    }

    private static Double orNull(OptionalDouble number) {
        return number.isPresent() ? (Double) number.getAsDouble() : null;
    }

    /**
     * Default control variant: the one with the least weight, and the first name among equals. JSON objects have no
     * order.
     */
    private static String leastPersonal(List<Variant> variants) {
        return variants.stream()
            .min(
                Comparator.comparingDouble((Variant variant) -> variant.weight() == null ? 1 : variant.weight())
                    .thenComparing(Variant::name)
            )
            .orElseThrow()
            .name();
    }

    /** With every default filled in; {@link #read} of it gives the same experiment. */
    public static Map<String, Object> write(Experiment experiment) {
        Map<String, Object> variants = new TreeMap<>();
        for (Variant variant : experiment.variants()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(SHARE, variant.share());
            optional(json, WEIGHT, variant.weight());
            optional(json, DIVERSITY, variant.diversity());
            optional(json, STRATEGY, variant.strategy());
            variants.put(variant.name(), json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(NAME, experiment.name());
        json.put(CONTROL, experiment.control());
        json.put(INTERLEAVE, experiment.interleave());
        json.put(VARIANTS, variants);
        return json;
    }

    private static void optional(Map<String, Object> json, String key, Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    /** An experiment on its way between nodes, as {@link #write} made it. */
    public static Experiment parse(Map<String, ?> json) {
        return read(new JsonObjectReader("experiment", json));
    }
}
