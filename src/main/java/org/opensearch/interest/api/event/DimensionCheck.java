package org.opensearch.interest.api.event;

import org.opensearch.interest.cluster.items.ItemMapping;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Models;
import org.opensearch.interest.core.tracking.Event;
import org.opensearch.interest.core.tracking.EventObject;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.Optional;
import java.util.OptionalInt;

/** How long an event's vector must be: as long as the items' vectors, or the model's where the items do not say. */
final class DimensionCheck {
    private final ItemMapping mapping;
    private final Models models;

    DimensionCheck(ItemMapping mapping, Models models) {
        this.mapping = mapping;
        this.models = models;
    }

    void require(Tracker tracker, Event event, int dimension) {
        OptionalInt ofItems = mapping.dimension(tracker.items());
        if (ofItems.isPresent() && ofItems.getAsInt() != dimension) {
            throw wrong(
                event,
                ofItems.getAsInt(),
                dimension,
                "field [" + tracker.items().vectorField() + "] of index [" + tracker.items().index() + "]"
            );
        }
        Optional<ModelSpec> model = ofItems.isPresent() ? Optional.empty() : models.spec(tracker.modelId());
        if (model.isPresent() && model.get().dimension() != dimension) {
            throw wrong(event, model.get().dimension(), dimension, "model [" + tracker.modelId() + "]");
        }
    }

    private static IllegalArgumentException wrong(Event event, int expected, int dimension, String ofWhat) {
        String name = switch (event.object()) {
            case EventObject.Item item -> "item";
            case EventObject.Comment comment -> "item";
            case EventObject.Text text -> "text";
            case EventObject.Vector vector -> "vector";
            case EventObject.Impression impression -> "items";
        };
        return new IllegalArgumentException(
            "[interest] [" + name + "] of event must have a vector of [" + expected + "] dimensions, as " + ofWhat + " has, but has ["
                + dimension + "]"
        );
    }
}
