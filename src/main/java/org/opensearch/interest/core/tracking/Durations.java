package org.opensearch.interest.core.tracking;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as OpenSearch's users write them: "90d", "6h", "30m", "10s", "500ms". */
public final class Durations {
    public static final String ALLOWED = "a time longer than 0 and at most 36500d, such as [6h] or [90d]; units are d, h, m, s, ms";

    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(d|h|m|s|ms)");
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();
    private static final long LONGEST = 36_500L * 86_400_000L;

    static {
        UNITS.put("d", 86_400_000L);
        UNITS.put("h", 3_600_000L);
        UNITS.put("m", 60_000L);
        UNITS.put("s", 1_000L);
        UNITS.put("ms", 1L);
    }

    private Durations() {}

    /** @return milliseconds, in [1, 36500 days] */
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            double millis = Double.parseDouble(matcher.group(1)) * UNITS.get(matcher.group(2));
            if (millis >= 1 && millis <= LONGEST) {
                return Math.round(millis);
            }
        }
        throw new IllegalArgumentException("[" + text + "] is not " + ALLOWED);
    }

    /** In the largest unit that says it exactly. */
    static String write(long millis) {
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (millis % unit.getValue() == 0) {
                return millis / unit.getValue() + unit.getKey();
            }
        }
        throw new AssertionError("every number of milliseconds is one of ms");
    }
}
