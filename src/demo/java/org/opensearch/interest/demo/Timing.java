package org.opensearch.interest.demo;

import java.util.Locale;

/** Stopwatch, and words for elapsed and past time. */
final class Timing {
    private static final double NANOS = 1e9;
    private static final double HOURS_PER_DAY = 24;
    private static final double MINUTES_PER_HOUR = 60;

    private final long start = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - start) / NANOS;
    }

    String inWords() {
        return String.format(Locale.ROOT, "%.1f s", seconds());
    }

    static String ago(double hours) {
        if (hours < 1) {
            return Math.round(hours * MINUTES_PER_HOUR) + " minutes ago";
        }
        if (hours < 2 * HOURS_PER_DAY) {
            long whole = Math.round(hours);
            return whole == 1 ? "an hour ago" : whole + " hours ago";
        }
        return Math.round(hours / HOURS_PER_DAY) + " days ago";
    }
}
