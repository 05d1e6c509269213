package org.opensearch.interest.cluster.explanation;

import org.opensearch.action.ActionRunnable;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.action.support.ListenerTimeouts;
import org.opensearch.common.inject.Inject;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.items.ItemLookup;
import org.opensearch.interest.cluster.profiles.ProfileReplayer;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.tracking.CounterfactualHistory;
import org.opensearch.interest.core.tracking.InterestFunctions;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Explains items to a user. Costs one read of the profile and one of the history, regardless of the number of items.
 * Fails after a deadline.
 */
public final class TransportExplainHitsAction extends HandledTransportAction<ExplainHitsRequest, ExplainHitsResponse> {
    public static final String NAME = "indices:data/read/interest/because";
    /** A separate action, and so a separate permission, because explanations reveal the user's events. */
    public static final ActionType<ExplainHitsResponse> TYPE = new ActionType<>(NAME, ExplainHitsResponse::new);

    /** Maximum number of events to read: the latest ones suffice. */
    private static final int EVENTS = 1_000;
    private static final TimeValue DEADLINE = TimeValue.timeValueSeconds(2);
    /** Time limit of replays without the cited events, for all items together. */
    private static final long REPLAYS_NANOS = 500_000_000L;

    private final TrackerStore trackers;
    private final ProfileStore profiles;
    private final ProfileReplayer replays;
    private final InterestFunctions interests;
    private final ItemLookup items;
    private final ThreadPool threads;
    private final Clock clock;

    @Inject
    public TransportExplainHitsAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileStore profiles,
        ProfileReplayer replays, InterestFunctions interests, ItemLookup items, ThreadPool threads, Clock clock
    ) {
        super(NAME, transportService, filters, ExplainHitsRequest::new);
        this.trackers = trackers;
        this.profiles = profiles;
        this.replays = replays;
        this.interests = interests;
        this.items = items;
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, ExplainHitsRequest request, ActionListener<ExplainHitsResponse> listener) {
        UserId user = new UserId(request.user);
        ActionListener<ExplainHitsResponse> inTime = ListenerTimeouts
            .wrapWithTimeout(threads, listener, DEADLINE, ThreadPool.Names.GENERIC, NAME);
        trackers.get(
            request.tracker, ActionListener.wrap(tracker -> profiles.get(tracker, user, ActionListener.wrap(found -> {
                Optional<Profile> profile = found
                    .filter(known -> known.dimension() > 0 && known.consent().optOut() == false);
                if (profile.isEmpty()) {
                    inTime.onResponse(
                        new ExplainHitsResponse(Collections.nCopies(request.items.size(), Explanation.NONE))
                    );
                    return;
                }
                replays.past(tracker, user, profile.get(), EVENTS, ActionListener.wrap(past -> {
                    threads.generic()
                        .execute(
                            ActionRunnable.wrap(inTime, then -> explain(request, tracker, profile.get(), past, then))
                        );
                }, inTime::onFailure));
            }, inTime::onFailure)), inTime::onFailure)
        );
    }

    private void explain(
        ExplainHitsRequest request, Tracker tracker, Profile profile, CounterfactualHistory past,
        ActionListener<ExplainHitsResponse> listener
    ) {
        long start = System.nanoTime();
        Optional<Explainer> explainer = Explainer
            .of(interests, tracker, profile, past, clock.millis(), request.content);
        List<Explanation> explanations = new ArrayList<>();
        for (int i = 0; i < request.items.size(); i++) {
            float[] item = request.items.get(i);
            ItemBoost boost = request.boosts.get(i);
            explanations.add(
                explainer.map(one -> one.explain(item, boost, () -> System.nanoTime() - start > REPLAYS_NANOS))
                    .orElse(Explanation.NONE)
            );
        }
        List<String> cited = explanations.stream()
            .flatMap(
                explanation -> Stream.concat(
                    explanation.events().stream().map(Explanation.Cited::item),
                    explanation.parts().stream().map(Explanation.Contribution::item)
                )
            )
            .filter(Objects::nonNull)
            .toList();
        items.titles(tracker, cited, ActionListener.map(listener, titles -> {
            return new ExplainHitsResponse(
                explanations.stream().map(explanation -> titled(explanation, titles)).toList()
            );
        }));
    }

    private static Explanation titled(Explanation explanation, Map<String, String> titles) {
        List<Explanation.Contribution> parts = explanation.parts()
            .stream()
            .map(part -> part.item() == null ? part : part.titled(titles.get(part.item())))
            .toList();
        List<Explanation.Cited> events = explanation.events()
            .stream()
            .map(one -> one.item() == null ? one : one.titled(titles.get(one.item())))
            .toList();
        return new Explanation(parts, events, explanation.without());
    }
}
