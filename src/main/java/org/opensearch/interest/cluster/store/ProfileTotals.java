package org.opensearch.interest.cluster.store;

import org.opensearch.action.admin.indices.refresh.RefreshAction;
import org.opensearch.action.admin.indices.refresh.RefreshRequest;
import org.opensearch.action.admin.indices.stats.CommonStats;
import org.opensearch.action.admin.indices.stats.IndicesStatsAction;
import org.opensearch.action.admin.indices.stats.IndicesStatsRequest;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

import java.io.IOException;

/**
 * Number and size of the profiles of all trackers.
 *
 * @param count profiles, including those of which only the fact remains that they were forgotten
 * @param bytes size of their primary shards on disk, including deleted versions that wait for a merge
 */
public record ProfileTotals(long count, long bytes) implements Writeable {
    public static ProfileTotals readFrom(StreamInput in) throws IOException {
        return new ProfileTotals(in.readVLong(), in.readVLong());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeVLong(count);
        out.writeVLong(bytes);
    }

    /** Reads the totals from the statistics of the profile indices. Thread-safe. */
    public static final class Source {
        private final SystemClient client;

        public Source(SystemClient client) {
            this.client = client;
        }

        public void read(ActionListener<ProfileTotals> listener) {
            String indices = InterestIndex.profiles("*");
            // these indices are never searched, so nothing else refreshes them, and statistics count only refreshed
            // documents
            RefreshRequest refresh = new RefreshRequest(indices)
                .indicesOptions(IndicesOptions.LENIENT_EXPAND_OPEN_HIDDEN);
            client.execute(RefreshAction.INSTANCE, refresh, ActionListener.wrap(refreshed -> {
                IndicesStatsRequest stats = new IndicesStatsRequest().indices(indices).clear().docs(true).store(true);
                stats.indicesOptions(IndicesOptions.LENIENT_EXPAND_OPEN_HIDDEN);
                client.execute(
                    IndicesStatsAction.INSTANCE, stats,
                    ActionListener.map(listener, answer -> of(answer.getPrimaries()))
                );
            }, listener::onFailure));
        }

        private static ProfileTotals of(CommonStats primaries) {
            // both are null if there is no such index yet
            return new ProfileTotals(
                primaries.getDocs() == null ? 0 : primaries.getDocs().getCount(),
                primaries.getStore() == null ? 0 : primaries.getStore().getSizeInBytes()
            );
        }
    }
}
