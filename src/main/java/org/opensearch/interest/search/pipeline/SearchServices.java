package org.opensearch.interest.search.pipeline;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.events.EventSender;
import org.opensearch.interest.core.tracking.PipelineCounts;
import org.opensearch.interest.core.tracking.PipelineCounts.Reason;
import org.opensearch.transport.client.Client;

import java.util.function.BooleanSupplier;

/**
 * What processors of search pipelines work with.
 *
 * @param client      the node's, asked in the name of whoever searches
 * @param afterSearch where to leave what is to be done at a search's end
 * @param expensive   whether the cluster allows queries that score every match
 */
public record SearchServices(
    Client client,
    HitVectors vectors,
    SearchPlanFilter afterSearch,
    PipelineCounts counts,
    EventSender events,
    BooleanSupplier expensive
) {
    /** A blend that fails at the end was counted as personal before. */
    <T> ActionListener<T> counting(ActionListener<T> listener) {
        return ActionListener.wrap(listener::onResponse, e -> {
            counts.notPersonalized(Reason.FAILED);
            listener.onFailure(e);
        });
    }
}
