package org.opensearch.interest.search.query;

import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.resolve.ResolveInterestAction;
import org.opensearch.interest.cluster.resolve.ResolveInterestRequest;
import org.opensearch.interest.cluster.resolve.ResolvedInterest;
import org.opensearch.interest.cluster.resolve.ResultPage;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.SimilarityFunction;
import org.opensearch.interest.core.tracking.RankingTarget;
import org.opensearch.transport.client.Client;

/** From a {@link RankingTarget} to the function that ranks for it. Stateless; never blocks. */
public final class InterestResolver {
    private InterestResolver() {}

    /** Asks the subject's tracker. To be called on the coordinating node, once per search. */
    public static void ask(Client client, RankingTarget subject, ActionListener<ResolvedInterest> listener) {
        ask(client, subject, null, null, listener);
    }

    /** @param page which page of a search asks, where its pages are to see the same interests; null where it does not matter */
    public static void ask(Client client, RankingTarget subject, @Nullable ResultPage page, ActionListener<ResolvedInterest> listener) {
        ask(client, subject, page, null, listener);
    }

    /** @param parts how much each part of the interest counts; null for the tracker's own weights */
    public static void ask(
        Client client,
        RankingTarget subject,
        @Nullable ResultPage page,
        @Nullable ComponentWeights parts,
        ActionListener<ResolvedInterest> listener
    ) {
        ask(
            client,
            new ResolveInterestRequest(subject.tracker(), subject.user(), page, parts),
            ActionListener.wrap(interest -> listener.onResponse(complete(subject, interest)), listener::onFailure)
        );
    }

    /** The tracker's own answer, whatever vector or field a subject brings. */
    static void ask(
        Client client, String tracker, @Nullable String user, @Nullable ComponentWeights parts, ActionListener<ResolvedInterest> listener
    ) {
        ask(client, new ResolveInterestRequest(tracker, user, null, parts), listener);
    }

    private static void ask(Client client, ResolveInterestRequest request, ActionListener<ResolvedInterest> listener) {
        client.execute(
            ResolveInterestAction.INSTANCE,
            request,
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
        return subject.vector() == null
            ? new ResolvedInterest(field, answer.function(), answer.topics())
            : new ResolvedInterest(field, SimilarityFunction.to(subject.vector()));
    }
}
