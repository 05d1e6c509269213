package org.opensearch.interest.search.query;

import org.opensearch.action.StepListener;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.interest.cluster.resolve.ResolveInterestRequest;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.cluster.resolve.ResultPage;
import org.opensearch.interest.cluster.resolve.TransportResolveInterestAction;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.search.pipeline.PipelineProcessingContext;
import org.opensearch.search.pipeline.PipelinedRequest;
import org.opensearch.transport.client.Client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Resolves a {@link RankingTarget} to the function that ranks for it. Stateless; never blocks. */
public final class InterestResolver {
    private InterestResolver() {}

    /** Asks the target's tracker. Call on the coordinating node, once per search. */
    public static void ask(Client client, RankingTarget target, ActionListener<ResolvedInterest> listener) {
        ask(client, target, null, null, listener);
    }

    /** @param page the requested page, if all pages of a search must use the same interests; null otherwise */
    public static void ask(
        Client client, RankingTarget target, @Nullable ResultPage page, ActionListener<ResolvedInterest> listener
    ) {
        ask(client, target, page, null, listener);
    }

    /** @param parts the component weights; null for the tracker's own */
    public static void ask(
        Client client, RankingTarget target, @Nullable ResultPage page, @Nullable ComponentWeights parts,
        ActionListener<ResolvedInterest> listener
    ) {
        ask(
            client, new ResolveInterestRequest(target.tracker(), target.user(), page, parts),
            ActionListener.wrap(interest -> listener.onResponse(complete(target, interest)), listener::onFailure)
        );
    }

    /**
     * Asks during the rewrite of a query. Clauses of one search with the same request share one answer.
     *
     * @param onAnswer receives the answer before the rewrite continues; not called on a failure, which fails the
     *                 rewrite
     */
    static void ask(
        QueryRewriteContext context, RankingTarget target, @Nullable ComponentWeights parts,
        Consumer<ResolvedInterest> onAnswer
    ) {
        SharedAnswer shared = SharedAnswer.of(context, target, parts);
        context.registerAsyncAction((client, listener) -> {
            shared.answer.whenComplete(interest -> {
                onAnswer.accept(InterestResolver.complete(target, interest));
                listener.onResponse(null);
            }, listener::onFailure);
            shared.send(client);
        });
    }

    /** Requests the tracker's own answer, without the vector or field of a target. */
    private static void ask(
        Client client, String tracker, @Nullable String user, @Nullable ComponentWeights parts,
        ActionListener<ResolvedInterest> listener
    ) {
        ask(client, new ResolveInterestRequest(tracker, user, null, parts), listener);
    }

    private static void ask(Client client, ResolveInterestRequest request, ActionListener<ResolvedInterest> listener) {
        client.execute(
            TransportResolveInterestAction.TYPE, request,
            ActionListener.wrap(response -> listener.onResponse(response.interest()), listener::onFailure)
        );
    }

    /** Resolves a target that needs no tracker. */
    public static ResolvedInterest given(RankingTarget target) {
        return new ResolvedInterest(target.field(), SimilarityFunction.to(target.vector()));
    }

    /** Completes a tracker's answer with the vector or the field of the target. */
    public static ResolvedInterest complete(RankingTarget target, ResolvedInterest answer) {
        String field = target.field() == null ? answer.field() : target.field();
        return target.vector() == null ? new ResolvedInterest(field, answer.function(), answer.topics())
            : new ResolvedInterest(field, SimilarityFunction.to(target.vector()));
    }

    /**
     * Request to a tracker, shared by all clauses of one search with the same target. Without sharing, each clause
     * would send a request, and the answers could differ. Thread-safe.
     *
     * <p>The shared state must live exactly as long as the search. It is an attribute of the context that core keeps
     * for a search's processors. If there is no such context (explain, validate), each clause sends its own request.
     */
    private static final class SharedAnswer {
        private static final String ATTRIBUTE = "interest.lookup";

        private final RankingTarget target;
        @Nullable
        private final ComponentWeights parts;
        private final AtomicBoolean sent = new AtomicBoolean();
        private final StepListener<ResolvedInterest> answer = new StepListener<>();

        private SharedAnswer(RankingTarget target, ComponentWeights parts) {
            this.target = target;
            this.parts = parts;
        }

        private void send(Client client) {
            if (sent.compareAndSet(false, true)) {
                InterestResolver.ask(client, target.tracker(), target.user(), parts, answer);
            }
        }

        /**
         * Finds or creates the shared request. A tracker's answer depends on the tracker, the user and the component
         * weights, not on the field or the vector of a clause.
         */
        private static SharedAnswer of(QueryRewriteContext context, RankingTarget target, ComponentWeights parts) {
            QueryCoordinatorContext coordinator = context.convertToCoordinatorContext();
            if (coordinator == null || coordinator.getSearchRequest() instanceof PipelinedRequest == false) {
                return new SharedAnswer(target, parts);
            }
            PipelineProcessingContext search = ((PipelinedRequest) coordinator.getSearchRequest())
                .getPipelineProcessingContext();
            String name = ATTRIBUTE + (target.user() == null ? "." : ".by_user.") + target.tracker() + "\0" + parts
                + "\0" + target.user();
            if (search.getAttribute(name) instanceof SharedAnswer existing) {
                return existing;
            }
            SharedAnswer created = new SharedAnswer(target, parts);
            search.setAttribute(name, created);
            return created;
        }
    }
}
