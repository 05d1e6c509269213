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
    public static void ask(Client client, RankingTarget subject, ActionListener<ResolvedInterest> listener) {
        ask(client, subject, null, null, listener);
    }

    /**
     * @param page which page of a search asks, where its pages are to see the same interests; null where it does not
     *             matter
     */
    public static void ask(
        Client client, RankingTarget subject, @Nullable ResultPage page, ActionListener<ResolvedInterest> listener
    ) {
        ask(client, subject, page, null, listener);
    }

    /** @param parts how much each part of the interest counts; null for the tracker's own weights */
    public static void ask(
        Client client, RankingTarget subject, @Nullable ResultPage page, @Nullable ComponentWeights parts,
        ActionListener<ResolvedInterest> listener
    ) {
        ask(
            client, new ResolveInterestRequest(subject.tracker(), subject.user(), page, parts),
            ActionListener.wrap(interest -> listener.onResponse(complete(subject, interest)), listener::onFailure)
        );
    }

    /**
     * Asks while a query is rewritten; clauses of one search that ask the same share one answer.
     *
     * @param known called with the answer before the rewrite goes on; not called where there is none, which fails the
     *              rewrite
     */
    static void ask(
        QueryRewriteContext context, RankingTarget subject, @Nullable ComponentWeights parts,
        Consumer<ResolvedInterest> known
    ) {
        SharedAnswer shared = SharedAnswer.of(context, subject, parts);
        context.registerAsyncAction((client, listener) -> {
            shared.answer.whenComplete(interest -> {
                known.accept(InterestResolver.complete(subject, interest));
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
    public static ResolvedInterest given(RankingTarget subject) {
        return new ResolvedInterest(subject.field(), SimilarityFunction.to(subject.vector()));
    }

    /** What a tracker answered, with the vector or the field that the subject brings. */
    public static ResolvedInterest complete(RankingTarget subject, ResolvedInterest answer) {
        String field = subject.field() == null ? answer.field() : subject.field();
        return subject.vector() == null ? new ResolvedInterest(field, answer.function(), answer.topics())
            : new ResolvedInterest(field, SimilarityFunction.to(subject.vector()));
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

        private final RankingTarget subject;
        @Nullable
        private final ComponentWeights parts;
        private final AtomicBoolean sent = new AtomicBoolean();
        private final StepListener<ResolvedInterest> answer = new StepListener<>();

        private SharedAnswer(RankingTarget subject, ComponentWeights parts) {
            this.subject = subject;
            this.parts = parts;
        }

        private void send(Client client) {
            if (sent.compareAndSet(false, true)) {
                InterestResolver.ask(client, subject.tracker(), subject.user(), parts, answer);
            }
        }

        /**
         * A tracker's answer depends on the tracker, the user and the weights of parts, not on the field or the vector
         * that a clause brings.
         */
        private static SharedAnswer of(QueryRewriteContext context, RankingTarget subject, ComponentWeights parts) {
            QueryCoordinatorContext coordinator = context.convertToCoordinatorContext();
            if (coordinator == null || coordinator.getSearchRequest() instanceof PipelinedRequest == false) {
                return new SharedAnswer(subject, parts);
            }
            PipelineProcessingContext search = ((PipelinedRequest) coordinator.getSearchRequest())
                .getPipelineProcessingContext();
            String name = ATTRIBUTE + (subject.user() == null ? "." : ".by_user.") + subject.tracker() + "\0" + parts
                + "\0" + subject.user();
            if (search.getAttribute(name) instanceof SharedAnswer lookup) {
                return lookup;
            }
            SharedAnswer lookup = new SharedAnswer(subject, parts);
            search.setAttribute(name, lookup);
            return lookup;
        }
    }
}
