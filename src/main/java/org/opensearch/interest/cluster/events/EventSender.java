package org.opensearch.interest.cluster.events;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.bulk.BackoffPolicy;
import org.opensearch.action.support.ThreadedActionListener;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Sends events of pipelines through the same action as events sent over REST. Events rejected because of overload are
 * sent again after growing delays, since a pipeline has no client that could repeat them; the waiting bulk request
 * slows its sender down. Thread-safe.
 */
public final class EventSender {
    private static final Logger logger = LogManager.getLogger(EventSender.class);

    /** Delays before ten retries, from 50 milliseconds to 13 seconds: half a minute in total. */
    private static final BackoffPolicy BACKOFF = BackoffPolicy.exponentialBackoff(TimeValue.timeValueMillis(50), 10);

    private final Client client;

    public EventSender(Client client) {
        this.client = client;
    }

    /**
     * Sends events in one request, with the rights of the user who indexes.
     *
     * @param events        in the JSON form of the events endpoint
     * @param ignoreUnknown whether to ignore, and not to refuse, an event whose type is no signal or that names neither
     *                      item nor text
     * @param listener      receives one result per event, in their order, on a thread that may continue a pipeline;
     *                      fails if the request as a whole was refused
     */
    public void track(
        String tracker, List<Map<String, Object>> events, boolean ignoreUnknown,
        ActionListener<List<ChangeResult>> listener
    ) {
        // the answer arrives on a network or write thread, which the rest of a pipeline could block for long
        ActionListener<List<ChangeResult>> onGenericThread = new ThreadedActionListener<>(
            logger, client.threadPool(), ThreadPool.Names.GENERIC, listener, true
        );
        new Attempts(tracker, events, ignoreUnknown, onGenericThread).send(allOf(events));
    }

    private static List<Integer> allOf(List<?> events) {
        List<Integer> positions = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            positions.add(i);
        }
        return positions;
    }

    /** Sends one batch until all of its events are answered. One attempt ends before the next begins. */
    private final class Attempts {
        private final String tracker;
        private final List<Map<String, Object>> events;
        private final boolean ignoreUnknown;
        private final ActionListener<List<ChangeResult>> listener;
        private final ChangeResult[] results;
        private final Iterator<TimeValue> delays = BACKOFF.iterator();

        Attempts(
            String tracker, List<Map<String, Object>> events, boolean ignoreUnknown,
            ActionListener<List<ChangeResult>> listener
        ) {
            this.tracker = tracker;
            this.events = events;
            this.ignoreUnknown = ignoreUnknown;
            this.listener = listener;
            results = new ChangeResult[events.size()];
        }

        /** @param positions of the events to send within the batch */
        void send(List<Integer> positions) {
            List<RawEvent> raw = positions.stream().map(position -> RawEvent.of(events.get(position))).toList();
            TrackEventsRequest request = new TrackEventsRequest(tracker, raw, RefreshPolicy.NONE, ignoreUnknown);
            try {
                client.execute(TransportTrackEventsAction.TYPE, request, new ActionListener<>() {
                    @Override
                    public void onResponse(TrackEventsResponse response) {
                        answered(positions, response.results());
                    }

                    @Override
                    public void onFailure(Exception e) {
                        answered(positions, positions.stream().map(position -> ChangeResult.failed(e)).toList());
                    }
                });
            } catch (RuntimeException e) {
                listener.onFailure(e);
            }
        }

        private void answered(List<Integer> positions, List<ChangeResult> answers) {
            List<Integer> rejected = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                results[positions.get(i)] = answers.get(i);
                if (isOverload(answers.get(i))) {
                    rejected.add(positions.get(i));
                }
            }
            if (rejected.isEmpty() || delays.hasNext() == false) {
                listener.onResponse(Arrays.asList(results));
                return;
            }
            try {
                client.threadPool().schedule(() -> send(rejected), delays.next(), ThreadPool.Names.GENERIC);
            } catch (RuntimeException e) {
                // the node is stopping
                listener.onResponse(Arrays.asList(results));
            }
        }

        private static boolean isOverload(ChangeResult result) {
            return result.failure() != null && ExceptionsHelper
                .status(ExceptionsHelper.unwrapCause(result.failure())) == RestStatus.TOO_MANY_REQUESTS;
        }
    }
}
