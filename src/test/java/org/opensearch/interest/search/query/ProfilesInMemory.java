package org.opensearch.interest.search.query;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.resolve.ResolveInterestRequest;
import org.opensearch.interest.cluster.resolve.ResolveInterestResponse;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Trackers and users of one node's tests, and the number of requests to the node for a user's interest. */
public final class ProfilesInMemory {
    private final Map<String, String> fields = new ConcurrentHashMap<>();
    private final Map<String, InterestFunction> users = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    public void tracker(String tracker, String field) {
        fields.put(tracker, field);
    }

    public void user(String user, InterestFunction function) {
        users.put(user, function);
    }

    /** Returns the number of requests since the last call. */
    public int timesAsked() {
        return asked.getAndSet(0);
    }

    private ResolvedInterest resolve(ResolveInterestRequest request) {
        asked.incrementAndGet();
        String field = fields.get(request.tracker());
        if (field == null) {
            throw new ResourceNotFoundException("[interest] unknown tracker [" + request.tracker() + "]");
        }
        return new ResolvedInterest(field, request.user() == null ? null : users.get(request.user()));
    }

    public static final class ResolveAction
        extends
            HandledTransportAction<ResolveInterestRequest, ResolveInterestResponse> {
        private final ProfilesInMemory profiles;

        @Inject
        public ResolveAction(TransportService transport, ActionFilters filters, ProfilesInMemory profiles) {
            super(TransportResolveInterestAction.NAME, transport, filters, ResolveInterestRequest::new);
            this.profiles = profiles;
        }

        @Override
        protected void doExecute(
            Task task, ResolveInterestRequest request, ActionListener<ResolveInterestResponse> listener
        ) {
            ActionListener.completeWith(listener, () -> new ResolveInterestResponse(profiles.resolve(request)));
        }
    }
}
