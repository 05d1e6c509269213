package org.opensearch.interest.cluster.profiles;

import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

public final class TransportRecordAction extends HandledTransportAction<RecordRequest, RecordResponse> {
    private final ProfileWriter writer;

    @Inject
    public TransportRecordAction(TransportService transportService, ActionFilters filters, ProfileWriter writer) {
        super(RecordAction.NAME, transportService, filters, RecordRequest::new);
        this.writer = writer;
    }

    @Override
    protected void doExecute(Task task, RecordRequest request, ActionListener<RecordResponse> listener) {
        writer.record(request, listener);
    }
}
