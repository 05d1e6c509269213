package org.opensearch.interest.cluster.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The month or year, in UTC, whose events one index holds.
 *
 * @param name  such as 2026-11 or 2026
 * @param start milliseconds since 1970, inclusive
 * @param end   exclusive
 */
record HistoryPeriod(String name, long start, long end) {
    static HistoryPeriod month(long timestamp) {
        return month(YearMonth.from(Instant.ofEpochMilli(timestamp).atOffset(ZoneOffset.UTC)));
    }

    static HistoryPeriod year(long timestamp) {
        return year(Instant.ofEpochMilli(timestamp).atOffset(ZoneOffset.UTC).getYear());
    }

    /** @param name of a period */
    static HistoryPeriod named(String name) {
        return name.length() == 4 ? year(Integer.parseInt(name))
            : month(YearMonth.of(Integer.parseInt(name.substring(0, 4)), Integer.parseInt(name.substring(5))));
    }

    private static HistoryPeriod month(YearMonth month) {
        String name = String.format(Locale.ROOT, "%04d-%02d", month.getYear(), month.getMonthValue());
        return new HistoryPeriod(name, millis(month.atDay(1)), millis(month.plusMonths(1).atDay(1)));
    }

    private static HistoryPeriod year(int year) {
        return new HistoryPeriod(
            String.format(Locale.ROOT, "%04d", year), millis(LocalDate.of(year, 1, 1)),
            millis(LocalDate.of(year + 1, 1, 1))
        );
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
