package org.opensearch.interest.user;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.Reason;
import org.opensearch.interest.profile.Topic;
import org.opensearch.interest.store.ItemLookup;
import org.opensearch.interest.store.ProfileStore;
import org.opensearch.interest.store.TrackerStore;
import org.opensearch.interest.store.WordRarity;
import org.opensearch.interest.tracking.Interests;
import org.opensearch.interest.tracking.Timestamps;
import org.opensearch.interest.tracking.UserId;
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
    private final TrackerStore trackers;
    private final ProfileStore profiles;
    private final ItemLookup items;
    private final WordRarity rarity;
    private final ProfileView view;
    private final Clock clock;

    @Inject
    public TransportGetUserAction(
        TransportService transportService,
        ActionFilters filters,
        TrackerStore trackers,
        ProfileStore profiles,
        ItemLookup items,
        WordRarity rarity,
        Interests interests,
        Clock clock
    ) {
        super(GetUserAction.NAME, transportService, filters, GetUserRequest::new);
        this.trackers = trackers;
        this.profiles = profiles;
        this.items = items;
        this.rarity = rarity;
        this.view = new ProfileView(interests);
        this.clock = clock;
    }

    @Override
    protected void doExecute(Task task, GetUserRequest request, ActionListener<GetUserResponse> listener) {
        UserId user = new UserId(request.user);
        trackers.get(request.tracker, ActionListener.wrap(tracker -> profiles.get(tracker, user, ActionListener.wrap(found -> {
            Profile profile = found.filter(known -> known.isUnknown() == false).orElseThrow(
                () -> new ResourceNotFoundException("[interest] no [user] [{}] in tracker [{}]", request.user, request.tracker)
            );
            long at = at(request, profile);
            items.titles(tracker, items(profile), ActionListener.wrap(titles -> {
                rarity.of(tracker.items(), words(profile), ActionListener.map(listener, rare -> {
                    return new GetUserResponse(
                        view.of(tracker, request.user, profile, at, request.vectors, request.explain, titles, rare)
                    );
                }));
            }, listener::onFailure));
        }, listener::onFailure)), listener::onFailure));
    }

    private static Stream<Topic> topics(Profile profile) {
        return Stream.concat(profile.topics().list().stream(), profile.against().list().stream());
    }

    private static List<String> items(Profile profile) {
        return topics(profile).flatMap(topic -> topic.reasons().list().stream()).map(Reason::item).filter(Objects::nonNull).distinct().toList();
    }

    private static Set<String> words(Profile profile) {
        return topics(profile).flatMap(topic -> topic.words().counts().keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private long at(GetUserRequest request, Profile profile) {
        if (request.at == null) {
            return Math.max(clock.millis(), profile.lastEvent());
        }
        long at;
        try {
            at = Timestamps.parse(request.at);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("[interest] [at] must be ISO 8601 or milliseconds since 1970, but was [" + request.at + "]", e);
        }
        if (at < profile.lastEvent()) {
            throw new IllegalArgumentException(
                "[interest] [at] must not be before the user's last event at [" + Instant.ofEpochMilli(profile.lastEvent()) + "], but was ["
                    + request.at + "]: an earlier time needs the history of events"
            );
        }
        return at;
    }
}
