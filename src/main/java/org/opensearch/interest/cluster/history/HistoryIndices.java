package org.opensearch.interest.cluster.history;

import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.Collection;
import java.util.List;

/**
 * Maps events to indices by time. Events that a tracker keeps for up to about a year go to an index per month, so that
 * retention can delete whole indices. Events that it keeps longer go to an index per year, so that decades of events
 * need dozens of shards and not hundreds.
 */
public final class HistoryIndices {
    private static final long MONTHLY_UP_TO = 400L * 86_400_000L;

    /** Fields that searches filter or sort by are indexed; all others are only in the source. */
    private static final String MAPPING = """
        {"dynamic":false,"properties":{
          "user":{"type":"keyword"},
          "key":{"type":"keyword","index":false},
          "type":{"type":"keyword"},
          "item":{"type":"keyword"},
          "timestamp":{"type":"date","format":"epoch_millis"},
          "session":{"type":"keyword"},
          "query_id":{"type":"keyword"},
          "variant":{"type":"keyword"},
          "position":{"type":"integer"}
        }}""";

    private final InterestIndex indices;

    public HistoryIndices(InterestIndex indices) {
        this.indices = indices;
    }

    /**
     * Returns the existing index of this time, monthly or yearly; otherwise the name of a new one, whose period follows
     * from the retention.
     */
    String of(Tracker tracker, long timestamp) {
        String month = InterestIndex.history(tracker.name(), HistoryPeriod.month(timestamp).name());
        String year = InterestIndex.history(tracker.name(), HistoryPeriod.year(timestamp).name());
        if (indices.exists(month) || indices.exists(year)) {
            return indices.exists(month) ? month : year;
        }
        return tracker.history().retention() <= MONTHLY_UP_TO ? month : year;
    }

    void ensure(Collection<String> names, ActionListener<Void> listener) {
        List<String> missing = names.stream().distinct().filter(name -> indices.exists(name) == false).toList();
        if (missing.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        GroupedActionListener<Void> each = new GroupedActionListener<>(
            ActionListener.map(listener, all -> null), missing.size()
        );
        missing.forEach(name -> indices.ensure(name, MAPPING, each));
    }

    List<InterestIndex.HistoryIndex> all() {
        return indices.histories();
    }

    /** Returns the indices of a tracker that may hold events of a time range, both ends inclusive. */
    public String[] between(Tracker tracker, long from, long to) {
        return indices.histories(tracker.name()).stream().filter(index -> {
            HistoryPeriod period = HistoryPeriod.named(index.period());
            return period.start() <= to && period.end() > from;
        }).map(InterestIndex.HistoryIndex::name).toArray(String[]::new);
    }

    String[] of(Tracker tracker) {
        return between(tracker, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
