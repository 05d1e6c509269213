package org.opensearch.interest.search.query;

import org.opensearch.action.StepListener;
import org.opensearch.common.Nullable;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.PartWeights;
import org.opensearch.interest.core.tracking.Subject;
import org.opensearch.search.pipeline.PipelineProcessingContext;
import org.opensearch.search.pipeline.PipelinedRequest;
import org.opensearch.transport.client.Client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One question to a tracker, shared by all clauses of one search that ask it: they would get one answer each, and could get
 * different ones. Thread-safe.
 *
 * <p>What a search's clauses share must live as long as the search does and no longer; core keeps such a place for a search's
 * processors, and it serves clauses as well. Where there is none (explain, validate), each clause asks for itself.
 */
final class SharedLookup {
    private static final String ATTRIBUTE = "interest.lookup";

    private final Subject subject;
    @Nullable
    private final PartWeights parts;
    private final AtomicBoolean sent = new AtomicBoolean();
    private final StepListener<ResolvedInterest> answer = new StepListener<>();

    private SharedLookup(Subject subject, PartWeights parts) {
        this.subject = subject;
        this.parts = parts;
    }

    /** @param known called with the answer before the rewrite goes on; not called where there is none, which fails the rewrite */
    static void ask(QueryRewriteContext context, Subject subject, @Nullable PartWeights parts, Consumer<ResolvedInterest> known) {
        SharedLookup lookup = of(context, subject, parts);
        context.registerAsyncAction((client, listener) -> {
            lookup.answer.whenComplete(interest -> {
                known.accept(Resolution.complete(subject, interest));
                listener.onResponse(null);
            }, listener::onFailure);
            lookup.send(client);
        });
    }

    private void send(Client client) {
        if (sent.compareAndSet(false, true)) {
            Resolution.ask(client, subject.tracker(), subject.user(), parts, answer);
        }
    }

    /** A tracker's answer depends on the tracker, the user and the weights of parts, not on the field or the vector that a clause brings. */
    private static SharedLookup of(QueryRewriteContext context, Subject subject, PartWeights parts) {
        QueryCoordinatorContext coordinator = context.convertToCoordinatorContext();
        if (coordinator == null || coordinator.getSearchRequest() instanceof PipelinedRequest == false) {
            return new SharedLookup(subject, parts);
        }
        PipelineProcessingContext search = ((PipelinedRequest) coordinator.getSearchRequest()).getPipelineProcessingContext();
        String name = ATTRIBUTE + (subject.user() == null ? "." : ".by_user.") + subject.tracker() + "\0" + parts + "\0" + subject.user();
        if (search.getAttribute(name) instanceof SharedLookup lookup) {
            return lookup;
        }
        SharedLookup lookup = new SharedLookup(subject, parts);
        search.setAttribute(name, lookup);
        return lookup;
    }
}
