package org.opensearch.interest.core.evaluation.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Notes on what the times of events can and cannot show, for readers of a report before they trust its figures. */
public final class TimeSpread {
    private static final long DAY = 86_400_000L;
    /** Seconds that are read as milliseconds fall into the first weeks of 1970. */
    private static final long SECONDS_FROM = 100_000_000L;
    private static final long SECONDS_TO = 100_000_000_000L;

    private TimeSpread() {}

    /** @param data with at least one event */
    public static List<String> notes(Dataset data) {
        List<String> notes = new ArrayList<>();
        long first = data.time(0);
        long last = data.time(data.events() - 1);
        if (first == last) {
            notes.add(
                "all events carry the same time: this data cannot show decay or recency, and the order of a user's events is that of the file"
            );
        } else if (Math.floorDiv(first, DAY) == Math.floorDiv(last, DAY)) {
            notes.add("all events fall on one day: this data cannot show decay over days");
        } else {
            noteUsers(data, notes);
        }
        if (last < SECONDS_TO && last > SECONDS_FROM) {
            notes.add(
                "the last event is of " + Instant.ofEpochMilli(last)
                    + ": timestamps may be seconds where milliseconds are expected"
            );
        }
        return notes;
    }

    private static void noteUsers(Dataset data, List<String> notes) {
        long several = 0;
        long oneDay = 0;
        for (int u = 0; u < data.users(); u++) {
            int count = data.count(u);
            if (count > 1) {
                several++;
                oneDay += Math.floorDiv(data.time(data.own(u, 0)), DAY) == Math
                    .floorDiv(data.time(data.own(u, count - 1)), DAY) ? 1 : 0;
            }
        }
        if (several > 0 && oneDay * 10 >= several * 9) {
            notes.add(
                "[" + oneDay + "] of [" + several + "] users with several events had all of theirs on one day: "
                    + "this data cannot show how a user's interest decays"
            );
        } else if (oneDay * 2 >= several && several > 0) {
            notes.add(
                "[" + oneDay + "] of [" + several
                    + "] users with several events had all of theirs on one day: only the others can show decay"
            );
        }
    }
}
