package org.opensearch.interest.api.event;

import org.opensearch.common.UUIDs;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.core.profile.EventIds;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.EventObject;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.VariantAssignment;

import java.util.List;
import java.util.OptionalLong;

/** Events as history keeps them. */
final class HistoryEvents {
    private HistoryEvents() {}

    /**
     * Null where the tracker keeps no history, or the event is older than it keeps.
     *
     * @param evidence what the event shows; null where it shows nothing
     */
    static HistoryEvent of(Tracker tracker, Event event, Evidence evidence, long now) {
        if (tracker.history().enabled() == false || event.timestamp() <= tracker.history().since(now)) {
            return null;
        }
        OptionalLong id = event.id() == null ? OptionalLong.empty() : OptionalLong.of(EventIds.fingerprint(event.id()));
        String item = null;
        String text = null;
        float[] vector = null;
        List<String> shown = List.of();
        List<String> clicked = List.of();
        switch (event.object()) {
            case EventObject.Item of -> item = of.id();
            case EventObject.Comment of -> {
                item = of.item();
                text = of.text();
            }
            case EventObject.Text of -> text = of.text();
            case EventObject.Vector of -> vector = of.unit();
            case EventObject.Impression of -> {
                shown = of.items();
                clicked = of.clicked();
            }
        }
        return new HistoryEvent(
            id.isPresent() ? HistoryEvent.key(id.getAsLong()) : UUIDs.randomBase64UUID(),
            event.type(),
            item,
            text,
            vector,
            shown,
            clicked,
            evidence == null ? 0 : evidence.weight(),
            scale(event, evidence),
            event.timestamp(),
            now,
            id,
            context(tracker, event)
        );
    }

    /** In the tracker's experiment, unless it says that it is in another: who says no variant of it has the user's own. */
    private static HistoryEvent.Context context(Tracker tracker, Event event) {
        HistoryEvent.Context said = event.context();
        return tracker.experiment() == null ? said : VariantAssignment.in(tracker.experiment(), ProfileId.of(tracker, event.user()), said);
    }

    /** A comment's text may have turned its weight. */
    private static Double scale(Event event, Evidence evidence) {
        boolean turned = evidence != null && evidence.weight() * event.weight() < 0;
        return event.scale() == null ? null : turned ? -event.scale() : event.scale();
    }
}
