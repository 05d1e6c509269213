package org.opensearch.interest.search.pipeline;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.events.EventSender;
import org.opensearch.interest.core.tracking.PipelineCounts;
import org.opensearch.interest.core.tracking.PipelineCounts.Reason;
import org.opensearch.transport.client.Client;

import java.util.function.BooleanSupplier;

/**
 * Services that the processors of search pipelines use.
 *
 * @param client      the node's, called with the permissions of the search's user
 * @param afterSearch holds the plan of work for the end of each search
 * @param expensive   true if the cluster allows queries that score every match
 */
public record SearchServices(
    Client client,
    HitVectors vectors,
    SearchPlanFilter afterSearch,
    PipelineCounts counts,
    EventSender events,
    BooleanSupplier expensive
) {
    /**
     * Returns a listener that also counts failures, because a search is counted as personalized before its blend may
     * fail.
     */
    <T> ActionListener<T> counting(ActionListener<T> listener) {
        return ActionListener.wrap(listener::onResponse, e -> {
            counts.notPersonalized(Reason.FAILED);
            listener.onFailure(e);
        });
    }
}
