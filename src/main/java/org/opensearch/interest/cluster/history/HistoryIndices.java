package org.opensearch.interest.cluster.history;

import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.Collection;
import java.util.List;

/**
 * Which index holds which events. What a tracker keeps for about a year is cut by months, so that whole indices can go
 * when their time is over; what it keeps longer by years, so that decades of events make dozens of shards and not
 * hundreds.
 */
public final class HistoryIndices {
    private static final long MONTHLY_UP_TO = 400L * 86_400_000L;

    /** What is searched and sorted by is indexed; the rest is only in the source. */
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

    /** The index that holds the time already, as years or as months; else one as the retention says. */
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

    /** Those of a tracker that may hold events of these times. */
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
