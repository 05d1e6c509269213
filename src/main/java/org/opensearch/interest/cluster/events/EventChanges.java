package org.opensearch.interest.cluster.events;

import org.opensearch.common.UUIDs;
import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.cluster.items.ItemMean;
import org.opensearch.interest.cluster.store.ProfileId;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Models;
import org.opensearch.interest.core.profile.EventIds;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.ProfileChange;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.VariantAssignment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns a checked event into the change that it makes to its user's profile and history. Thread-safe. */
final class EventChanges {
    private final ItemMapping mapping;
    private final Models models;

    EventChanges(ItemMapping mapping, Models models) {
        this.mapping = mapping;
        this.models = models;
    }

    /**
     * The change that an event makes, or null if it gives neither evidence nor an event for the history.
     *
     * @param now milliseconds since 1970
     * @throws Exception the event's own failure: its item or text has no vector, or one of another dimension
     */
    ProfileChange of(Tracker tracker, Event event, EvidenceLookup.Vectors vectors, long now) throws Exception {
        Evidence evidence = evidence(tracker, event, vectors);
        if (evidence != null) {
            requireDimension(tracker, event, evidence.vector().length);
        }
        HistoryEvent historyEvent = historyEvent(tracker, event, evidence, now);
        if (evidence == null) {
            return historyEvent == null ? null : new ProfileChange.HistoryOnlyEvent(historyEvent);
        }
        return new ProfileChange.RecordEvent(evidence, historyEvent);
    }

    /** Returns the evidence that an event gives; null if it gives none. */
    private static Evidence evidence(Tracker tracker, Event event, EvidenceLookup.Vectors vectors) throws Exception {
        Evidence.Source item = Evidence.Source.ITEM;
        return switch (event.target()) {
            case Event.Target.Impression shown -> {
                float[] mean = event.weight() == 0 ? null : ItemMean.of(shown.skipped(), vectors.items());
                yield mean == null ? null : evidence(tracker, event, mean, item, event.weight(), null, "");
            }
            case Event.Target.Vector vector -> evidence(tracker, event, vector.unit(), item, event.weight(), null, "");
            case Event.Target.Item one -> ofItem(tracker, event, one.id(), event.weight(), vectors);
            case Event.Target.Comment comment -> {
                double weight = vectors.isAgainst(comment.text()) ? -Math.abs(event.weight()) : event.weight();
                yield ofItem(tracker, event, comment.item(), weight, vectors);
            }
            case Event.Target.Text text -> {
                float[] unit = vectors.text(text.text());
                yield evidence(
                    tracker, event, unit, Evidence.Source.TEXT, event.weight(), null, Evidence.labelText(text.text())
                );
            }
        };
    }

    private static Evidence ofItem(
        Tracker tracker, Event event, String item, double weight, EvidenceLookup.Vectors vectors
    ) throws Exception {
        float[] unit = vectors.item(item);
        return evidence(
            tracker, event, unit, Evidence.Source.ITEM, weight, item,
            Evidence.labelText(vectors.items().get(item).title())
        );
    }

    private static Evidence evidence(
        Tracker tracker, Event event, float[] unit, Evidence.Source source, double weight, String item, String words
    ) {
        OptionalLong id = event.id() == null ? OptionalLong.empty() : OptionalLong.of(EventIds.fingerprint(event.id()));
        long halfLife = tracker.halfLives().of(event.type());
        return new Evidence(unit, source, weight, event.timestamp(), id, item, words, event.type(), halfLife);
    }

    /**
     * Returns the event for the history; null if the tracker keeps no history, or the event is older than its
     * retention.
     *
     * @param evidence the evidence that the event gives; null if it gives none
     */
    private static HistoryEvent historyEvent(Tracker tracker, Event event, Evidence evidence, long now) {
        if (tracker.history().enabled() == false || event.timestamp() <= tracker.history().since(now)) {
            return null;
        }
        OptionalLong id = event.id() == null ? OptionalLong.empty() : OptionalLong.of(EventIds.fingerprint(event.id()));
        String item = null;
        String text = null;
        float[] vector = null;
        List<String> shown = List.of();
        List<String> clicked = List.of();
        switch (event.target()) {
            case Event.Target.Item of -> item = of.id();
            case Event.Target.Comment of -> {
                item = of.item();
                text = of.text();
            }
            case Event.Target.Text of -> text = of.text();
            case Event.Target.Vector of -> vector = of.unit();
            case Event.Target.Impression of -> {
                shown = of.items();
                clicked = of.clicked();
            }
        }
        return new HistoryEvent(
            id.isPresent() ? HistoryEvent.key(id.getAsLong()) : UUIDs.randomBase64UUID(), event.type(), item, text,
            vector, shown, clicked, evidence == null ? 0 : evidence.weight(), scale(event, evidence), event.timestamp(),
            now, id, context(tracker, event)
        );
    }

    /**
     * Returns the event's context with missing experiment fields filled in: the tracker's experiment and the user's
     * variant. An event that names another experiment stays unchanged.
     */
    private static HistoryEvent.Context context(Tracker tracker, Event event) {
        HistoryEvent.Context given = event.context();
        return tracker.experiment() == null ? given
            : VariantAssignment.in(tracker.experiment(), ProfileId.of(tracker, event.user()), given);
    }

    /** Returns the event's scale, negated if a comment's text negated its weight. */
    private static Double scale(Event event, Evidence evidence) {
        boolean negated = evidence != null && evidence.weight() * event.weight() < 0;
        return event.scale() == null ? null : negated ? -event.scale() : event.scale();
    }

    /**
     * An event's vector must be as long as the items' vectors, or as the model's if the mapping of the items is
     * unknown.
     */
    private void requireDimension(Tracker tracker, Event event, int dimension) {
        OptionalInt ofItems = mapping.dimension(tracker.items());
        if (ofItems.isPresent() && ofItems.getAsInt() != dimension) {
            throw wrong(
                event, ofItems.getAsInt(), dimension,
                "field [" + tracker.items().vectorField() + "] of index [" + tracker.items().index() + "]"
            );
        }
        Optional<ModelSpec> model = ofItems.isPresent() ? Optional.empty() : models.spec(tracker.modelId());
        if (model.isPresent() && model.get().dimension() != dimension) {
            throw wrong(event, model.get().dimension(), dimension, "model [" + tracker.modelId() + "]");
        }
    }

    private static IllegalArgumentException wrong(Event event, int expected, int dimension, String source) {
        String name = switch (event.target()) {
            case Event.Target.Item item -> "item";
            case Event.Target.Comment comment -> "item";
            case Event.Target.Text text -> "text";
            case Event.Target.Vector vector -> "vector";
            case Event.Target.Impression impression -> "items";
        };
        return new IllegalArgumentException(
            "[interest] [" + name + "] of event must have a vector of [" + expected + "] dimensions, as " + source
                + " has, but has [" + dimension + "]"
        );
    }
}
