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

/** From a {@link RankingTarget} to the function that ranks for it. Stateless; never blocks. */
public final class InterestResolver {
    private InterestResolver() {}

    /** Asks the subject's tracker. To be called on the coordinating node, once per search. */
    public static void ask(Client client, RankingTarget target, ActionListener<ResolvedInterest> listener) {
        ask(client, target, null, null, listener);
    }

    /**
     * @param page which page of a search asks, where its pages are to see the same interests; null where it does not
     *             matter
     */
    public static void ask(
        Client client, RankingTarget target, @Nullable ResultPage page, ActionListener<ResolvedInterest> listener
    ) {
        ask(client, target, page, null, listener);
    }

    /** @param parts how much each part of the interest counts; null for the tracker's own weights */
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
     * Asks while a query is rewritten; clauses of one search that ask the same share one answer.
     *
     * @param known called with the answer before the rewrite goes on; not called where there is none, which fails the
     *              rewrite
     */
    static void ask(
        QueryRewriteContext context, RankingTarget target, @Nullable ComponentWeights parts,
        Consumer<ResolvedInterest> known
    ) {
        SharedAnswer shared = SharedAnswer.of(context, target, parts);
        context.registerAsyncAction((client, listener) -> {
            shared.answer.whenComplete(interest -> {
                known.accept(InterestResolver.complete(target, interest));
                listener.onResponse(null);
            }, listener::onFailure);
            shared.send(client);
        });
    }

    /** The tracker's own answer, whatever vector or field a subject brings. */
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

    /** For a subject that needs no tracker. */
    public static ResolvedInterest given(RankingTarget target) {
        return new ResolvedInterest(target.field(), SimilarityFunction.to(target.vector()));
    }

    /** What a tracker answered, with the vector or the field that the subject brings. */
    public static ResolvedInterest complete(RankingTarget target, ResolvedInterest answer) {
        String field = target.field() == null ? answer.field() : target.field();
        return target.vector() == null ? new ResolvedInterest(field, answer.function(), answer.topics())
            : new ResolvedInterest(field, SimilarityFunction.to(target.vector()));
    }

    /**
     * One question to a tracker, shared by all clauses of one search that ask it: they would get one answer each, and
     * could get different ones. Thread-safe.
     *
     * <p>What a search's clauses share must live as long as the search does and no longer; core keeps such a place for
     * a search's processors, and it serves clauses as well. Where there is none (explain, validate), each clause asks
     * for itself.
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
         * A tracker's answer depends on the tracker, the user and the weights of parts, not on the field or the vector
         * that a clause brings.
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
            if (search.getAttribute(name) instanceof SharedAnswer lookup) {
                return lookup;
            }
            SharedAnswer lookup = new SharedAnswer(target, parts);
            search.setAttribute(name, lookup);
            return lookup;
        }
    }
}
