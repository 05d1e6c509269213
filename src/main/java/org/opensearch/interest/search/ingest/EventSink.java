package org.opensearch.interest.search.ingest;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.core.tracking.ChangeResult;

import java.util.List;
import java.util.Map;

/** Where the events that pass through a pipeline go: the way of those that are sent to the events endpoint. Never blocks. */
public interface EventSink {
    /**
     * Sends events in one request, with the rights of whoever indexes.
     *
     * @param events        as the events endpoint takes them
     * @param ignoreUnknown whether an event whose type is no signal, or that names neither item nor text, is ignored and not refused
     * @param listener      is given one result an event, in their order, on a thread that may do a pipeline's further work; fails
     *                      where the request as a whole was refused
     */
    void track(String tracker, List<Map<String, Object>> events, boolean ignoreUnknown, ActionListener<List<ChangeResult>> listener);
}
