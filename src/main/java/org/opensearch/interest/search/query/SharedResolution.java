package org.opensearch.interest.search.query;

import org.opensearch.action.StepListener;
import org.opensearch.common.Nullable;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.tracking.RankingTarget;
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
final class SharedResolution {
    private static final String ATTRIBUTE = "interest.lookup";

    private final RankingTarget subject;
    @Nullable
    private final ComponentWeights parts;
    private final AtomicBoolean sent = new AtomicBoolean();
    private final StepListener<ResolvedInterest> answer = new StepListener<>();

    private SharedResolution(RankingTarget subject, ComponentWeights parts) {
        this.subject = subject;
        this.parts = parts;
    }

    /** @param known called with the answer before the rewrite goes on; not called where there is none, which fails the rewrite */
    static void ask(QueryRewriteContext context, RankingTarget subject, @Nullable ComponentWeights parts, Consumer<ResolvedInterest> known) {
        SharedResolution lookup = of(context, subject, parts);
        context.registerAsyncAction((client, listener) -> {
            lookup.answer.whenComplete(interest -> {
                known.accept(InterestResolver.complete(subject, interest));
                listener.onResponse(null);
            }, listener::onFailure);
            lookup.send(client);
        });
    }

    private void send(Client client) {
        if (sent.compareAndSet(false, true)) {
            InterestResolver.ask(client, subject.tracker(), subject.user(), parts, answer);
        }
    }

    /** A tracker's answer depends on the tracker, the user and the weights of parts, not on the field or the vector that a clause brings. */
    private static SharedResolution of(QueryRewriteContext context, RankingTarget subject, ComponentWeights parts) {
        QueryCoordinatorContext coordinator = context.convertToCoordinatorContext();
        if (coordinator == null || coordinator.getSearchRequest() instanceof PipelinedRequest == false) {
            return new SharedResolution(subject, parts);
        }
        PipelineProcessingContext search = ((PipelinedRequest) coordinator.getSearchRequest()).getPipelineProcessingContext();
        String name = ATTRIBUTE + (subject.user() == null ? "." : ".by_user.") + subject.tracker() + "\0" + parts + "\0" + subject.user();
        if (search.getAttribute(name) instanceof SharedResolution lookup) {
            return lookup;
        }
        SharedResolution lookup = new SharedResolution(subject, parts);
        search.setAttribute(name, lookup);
        return lookup;
    }
}
