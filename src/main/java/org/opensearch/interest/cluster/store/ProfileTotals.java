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
 * How much is remembered, over all trackers.
 *
 * @param count profiles, those among them of which only is left that they were forgotten
 * @param bytes what their primary shards take on disk, deleted versions that wait for a merge included
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

    /** Where they are read from: the profile indices' own statistics. Thread-safe. */
    public static final class Source {
        private final SystemClient client;

        public Source(SystemClient client) {
            this.client = client;
        }

        public void read(ActionListener<ProfileTotals> listener) {
            String indices = InterestIndex.profiles("*");
            // nobody searches these indices, so that nothing else refreshes them, and unrefreshed documents are not in
            // the statistics
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
            // both are null where there is no such index yet
            return new ProfileTotals(
                primaries.getDocs() == null ? 0 : primaries.getDocs().getCount(),
                primaries.getStore() == null ? 0 : primaries.getStore().getSizeInBytes()
            );
        }
    }
}
