package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.Topic;
import org.opensearch.interest.core.profile.TopicEvidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Known events of one user, and the profile that would remain without some of them: the same profile that deleting
 * those events one by one would leave. Immutable, thread-safe.
 */
public final class CounterfactualHistory {
    private final Tracker tracker;
    private final Profile now;
    private final List<ReplayedEvent> events;
    private final boolean kept;
    private final ChangeApplier rules;
    private final Function<Set<String>, ReplayResult> replay;

    /**
     * @param shown  by time
     * @param kept   whether they are those of the history
     * @param replay of all of them without some, by their keys
     */
    public CounterfactualHistory(
        Tracker tracker, Profile now, List<ReplayedEvent> shown, boolean kept, ChangeApplier rules,
        Function<Set<String>, ReplayResult> replay
    ) {
        this.tracker = tracker;
        this.now = now;
        this.events = shown.stream()
            .filter(one -> one.evidence() != null && one.evidence().vector().length == now.dimension())
            .filter(one -> one.event().timestamp() > now.consent().deletedUntil())
            .toList();
        this.kept = kept;
        this.rules = rules;
        this.replay = replay;
    }

    /** Those that have evidence, by time. */
    public List<ReplayedEvent> events() {
        return events;
    }

    /**
     * Replayed without them, where the events are all that is in the profile; else they are subtracted.
     *
     * @param keys of events
     * @return empty where nothing is kept that could be left out
     */
    public Optional<Profile> without(Set<String> keys) {
        if (kept == false) {
            return Optional.empty();
        }
        List<ReplayedEvent> left = events.stream().filter(one -> keys.contains(one.event().key())).toList();
        ReplayResult replayed = replay.apply(keys);
        if (replayed.events() + left.size() == now.events()) {
            return Optional.of(rules.rebuilt(tracker, now, replayed.profile()));
        }
        CatalogueCentre centre = rules.centre(tracker, now.dimension());
        Profile rest = now;
        for (ReplayedEvent one : left) {
            Evidence asItWas = one.evidence().withWeight(one.event().weight());
            rest = rest.minus(asItWas, centre);
        }
        return Optional.of(rest);
    }

    /** The events that topics refer to, as if they had been kept; several of one kind are one. */
    public static List<HistoryEvent> remembered(Profile profile) {
        List<HistoryEvent> events = new ArrayList<>();
        profile.topics().list().forEach(topic -> remembered(topic, 1, events));
        profile.against().list().forEach(topic -> remembered(topic, -1, events));
        events.sort(HistoryEvent.CANONICAL);
        return events;
    }

    private static void remembered(Topic topic, int sign, List<HistoryEvent> events) {
        for (TopicEvidence reason : topic.reasons().list()) {
            String text = reason.item() == null && reason.text().isEmpty() == false ? reason.text() : null;
            if (reason.item() != null || text != null) {
                events.add(
                    new HistoryEvent(
                        "remembered-" + events.size(), reason.type(), reason.item(), text, null, List.of(), List.of(),
                        sign * reason.weight(), null, reason.time(), reason.time(), OptionalLong.empty(),
                        HistoryEvent.Context.NONE
                    )
                );
            }
        }
    }
}
