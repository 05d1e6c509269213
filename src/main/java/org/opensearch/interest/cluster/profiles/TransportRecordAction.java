package org.opensearch.interest.cluster.profiles;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Applies changes to profiles, on the node that writes them. */
public final class TransportRecordAction extends HandledTransportAction<RecordRequest, RecordResponse> {
    public static final String NAME = "indices:data/write/interest/record";
    public static final ActionType<RecordResponse> TYPE = new ActionType<>(NAME, RecordResponse::new);

    private final ProfileWriter writer;

    @Inject
    public TransportRecordAction(TransportService transportService, ActionFilters filters, ProfileWriter writer) {
        super(NAME, transportService, filters, RecordRequest::new);
        this.writer = writer;
    }

    @Override
    protected void doExecute(Task task, RecordRequest request, ActionListener<RecordResponse> listener) {
        writer.record(request, listener);
    }
}
