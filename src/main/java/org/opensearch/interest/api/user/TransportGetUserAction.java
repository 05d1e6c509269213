package org.opensearch.interest.api.user;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.cluster.items.InverseDocumentFrequency;
import org.opensearch.interest.cluster.items.ItemLookup;
import org.opensearch.interest.cluster.profiles.ProfileReplayer;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.Topic;
import org.opensearch.interest.core.profile.TopicEvidence;
import org.opensearch.interest.core.tracking.InterestFunctions;
import org.opensearch.interest.core.tracking.Timestamps;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public final class TransportGetUserAction extends HandledTransportAction<GetUserRequest, GetUserResponse> {
    public static final String NAME = "indices:data/read/interest/user/get";
    public static final ActionType<GetUserResponse> TYPE = new ActionType<>(NAME, GetUserResponse::new);

    private final TrackerStore trackers;
    private final ProfileStore profiles;
    private final ProfileReplayer replays;
    private final ItemLookup items;
    private final InverseDocumentFrequency rarity;
    private final ProfileView view;
    private final Clock clock;

    @Inject
    public TransportGetUserAction(
        TransportService transportService, ActionFilters filters, TrackerStore trackers, ProfileStore profiles,
        ProfileReplayer replays, ItemLookup items, InverseDocumentFrequency rarity, InterestFunctions interests,
        Clock clock
    ) {
        super(NAME, transportService, filters, GetUserRequest::new);
        this.trackers = trackers;
        this.profiles = profiles;
        this.replays = replays;
        this.items = items;
        this.rarity = rarity;
        this.view = new ProfileView(interests);
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, GetUserRequest request, ActionListener<GetUserResponse> listener) {
        UserId user = new UserId(request.user);
        Long at = at(request);
        trackers.get(
            request.tracker, ActionListener.wrap(tracker -> profiles.get(tracker, user, ActionListener.wrap(found -> {
                Profile profile = found.filter(known -> known.isUnknown() == false)
                    .orElseThrow(
                        () -> new ResourceNotFoundException(
                            "[interest] no [user] [{}] in tracker [{}]", request.user, request.tracker
                        )
                    );
                if (at == null || at >= profile.lastEvent()) {
                    show(
                        tracker, request, profile, at == null ? Math.max(clock.millis(), profile.lastEvent()) : at,
                        listener
                    );
                    return;
                }
                replays.at(tracker, user, profile, at, ActionListener.wrap(past -> {
                    show(tracker, request, past.orElseThrow(() -> needsHistory(request, profile)), at, listener);
                }, listener::onFailure));
            }, listener::onFailure)), listener::onFailure)
        );
    }

    private void show(
        Tracker tracker, GetUserRequest request, Profile profile, long at, ActionListener<GetUserResponse> listener
    ) {
        items.titles(tracker, items(profile), ActionListener.wrap(titles -> {
            rarity.of(tracker.items(), words(profile), ActionListener.map(listener, frequencies -> {
                return new GetUserResponse(
                    view.of(tracker, request.user, profile, at, request.vectors, request.explain, titles, frequencies)
                );
            }));
        }, listener::onFailure));
    }

    private static Stream<Topic> topics(Profile profile) {
        return Stream.concat(profile.topics().list().stream(), profile.against().list().stream());
    }

    private static List<String> items(Profile profile) {
        return topics(profile).flatMap(topic -> topic.reasons().list().stream())
            .map(TopicEvidence::item)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    }

    private static Set<String> words(Profile profile) {
        return topics(profile).flatMap(topic -> topic.words().counts().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns null if the request names no time. */
    private static Long at(GetUserRequest request) {
        try {
            return request.at == null ? null : Timestamps.parse(request.at);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                "[interest] [at] must be ISO 8601 or milliseconds since 1970, but was [" + request.at + "]", e
            );
        }
    }

    private static IllegalArgumentException needsHistory(GetUserRequest request, Profile profile) {
        return new IllegalArgumentException(
            "[interest] [at] must not be before the user's last event at [" + Instant.ofEpochMilli(profile.lastEvent())
                + "], but was [" + request.at
                + "]: an earlier time needs the history of all of the user's events, and it is not kept, or not whole"
        );
    }
}
