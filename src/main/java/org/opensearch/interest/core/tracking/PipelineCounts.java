package org.opensearch.interest.core.tracking;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of searches that search pipelines processed on a node since it started. Thread-safe; counting takes no lock.
 */
public final class PipelineCounts {
    /** Reason why a search that names a user was not personalized. */
    public enum Reason {
        /** it is sorted by something else */
        SORT,
        /** it is collapsed, and a window of it cannot be re-ranked */
        COLLAPSE,
        /** it is scrolled through, and a window of it cannot be re-ranked */
        SCROLL,
        /** the cluster allows no query that scores every match */
        EXPENSIVE,
        /** nothing is known of the user */
        UNKNOWN_USER,
        /** the tracker does not exist */
        NO_TRACKER,
        /** the tracker's experiment has no such variants as are to be interleaved */
        NO_VARIANT,
        /** whatever else went wrong */
        FAILED;

        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One reading.
     *
     * @param personalized    searches that became personal
     * @param notPersonalized searches that name a user and were not personalized, by reason
     * @param diversified     windows that were put in a more diverse order
     * @param notDiversified  windows that could not be
     * @param captured        searches whose text became an event
     * @param notCaptured     searches whose text could not: too many were on their way, or the event was refused
     * @param explained       pages whose hits say why they are there
     * @param notExplained    pages that were to, and could not
     */
    public record Reading(
        long personalized,
        Map<String, Long> notPersonalized,
        long diversified,
        long notDiversified,
        long captured,
        long notCaptured,
        long explained,
        long notExplained
    ) {}

    private final LongAdder personalized = new LongAdder();
    private final Map<Reason, LongAdder> notPersonalized = new EnumMap<>(Reason.class);
    private final LongAdder diversified = new LongAdder();
    private final LongAdder notDiversified = new LongAdder();
    private final LongAdder captured = new LongAdder();
    private final LongAdder notCaptured = new LongAdder();
    private final LongAdder explained = new LongAdder();
    private final LongAdder notExplained = new LongAdder();

    public PipelineCounts() {
        for (Reason reason : Reason.values()) {
            notPersonalized.put(reason, new LongAdder());
        }
    }

    public void personalized() {
        personalized.increment();
    }

    public void notPersonalized(Reason reason) {
        notPersonalized.get(reason).increment();
    }

    public void diversified() {
        diversified.increment();
    }

    public void notDiversified() {
        notDiversified.increment();
    }

    public void captured() {
        captured.increment();
    }

    public void notCaptured() {
        notCaptured.increment();
    }

    public void explained() {
        explained.increment();
    }

    public void notExplained() {
        notExplained.increment();
    }

    public Reading read() {
        Map<String, Long> reasons = new TreeMap<>();
        notPersonalized.forEach((reason, count) -> reasons.put(reason.spelling(), count.sum()));
        return new Reading(
            personalized.sum(), reasons, diversified.sum(), notDiversified.sum(), captured.sum(), notCaptured.sum(),
            explained.sum(), notExplained.sum()
        );
    }
}
