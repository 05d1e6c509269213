package org.opensearch.interest.event;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.support.ThreadedActionListener;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.pipeline.EventTracking;
import org.opensearch.interest.store.RecordResult;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

import java.util.List;
import java.util.Map;

/** Events of pipelines on the way that those sent over REST take. Thread-safe. */
public final class PipelineEvents implements EventTracking {
    private static final Logger logger = LogManager.getLogger(PipelineEvents.class);

    private final Client client;

    public PipelineEvents(Client client) {
        this.client = client;
    }

    @Override
    public void track(String tracker, List<Map<String, Object>> events, boolean ignoreUnknown, ActionListener<List<RecordResult>> listener) {
        TrackEventsRequest request = new TrackEventsRequest(
            tracker,
            events.stream().map(RawEvent::of).toList(),
            RefreshPolicy.NONE,
            ignoreUnknown
        );
        // the answer comes on a thread of the network or of a write, and the rest of a pipeline may be long work
        ActionListener<List<RecordResult>> elsewhere = new ThreadedActionListener<>(
            logger,
            client.threadPool(),
            ThreadPool.Names.GENERIC,
            listener,
            true
        );
        try {
            client.execute(
                TrackEventsAction.INSTANCE,
                request,
                ActionListener.map(elsewhere, TrackEventsResponse::results)
            );
        } catch (RuntimeException e) {
            elsewhere.onFailure(e);
        }
    }
}
