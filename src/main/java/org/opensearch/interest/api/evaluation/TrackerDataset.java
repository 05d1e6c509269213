package org.opensearch.interest.api.evaluation;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A tracker's events and items in the form that an evaluation uses.
 *
 * @param data    items in the order of their ids, events in the order of time
 * @param vectors one vector per item; null if the item has none of the catalogue's dimension
 */
record TrackerDataset(Dataset data, List<float[]> vectors) {
    /** @param notes receives notes on what was left out */
    static TrackerDataset of(
        Tracker tracker, List<EvaluationEvent> events, Map<String, EvaluationCatalogue.Item> items, int dimension,
        List<String> notes
    ) {
        DatasetBuilder builder = new DatasetBuilder();
        List<float[]> vectors = new ArrayList<>();
        items.forEach((id, item) -> {
            builder.item(id, item.title());
            vectors.add(item.unit() != null && item.unit().length == dimension ? item.unit() : null);
        });
        int unknown = 0;
        for (EvaluationEvent event : events) {
            if (add(event, tracker, builder)) {
                builder.ofType(event.type());
            } else if (passedOver(event, builder) == false) {
                unknown++;
            }
        }
        if (unknown > 0) {
            notes.add(
                "[" + unknown + "] events of items that are not in [" + tracker.items().index()
                    + "], or not for you to read, were skipped"
            );
        }
        long withoutVector = vectors.stream().filter(vector -> vector == null).count();
        if (withoutVector > 0) {
            notes.add("[" + withoutVector + "] items have no vector, so content cannot rank them");
        }
        if (tracker.items().titleField() == null) {
            notes.add("the tracker has no [items.title_field], so methods based on words have no words");
        }
        return new TrackerDataset(builder.build(), vectors);
    }

    /** @return false if no shown item is known */
    private static boolean passedOver(EvaluationEvent event, DatasetBuilder builder) {
        return builder.passedOver(event.user(), event.shown(), event.type(), event.weight(), event.time());
    }

    /** @return false if the event is about no known item, text or vector */
    private static boolean add(EvaluationEvent event, Tracker tracker, DatasetBuilder builder) {
        if (event.text() != null) {
            builder.search(event.user(), event.text(), event.weight(), event.time());
        } else if (event.vector() != null) {
            builder.brought(event.user(), event.vector(), event.weight(), event.time());
        } else if (event.item() == null || builder.knowsItem(event.item()) == false) {
            return false;
        } else if (event.rating() != null) {
            builder.rating(event.user(), event.item(), event.weight(), event.rating(), event.time());
        } else {
            // a dislike is no engagement; the weight of the signal decides, and the weight of the event only without a
            // signal
            boolean engaged = tracker.signals().getOrDefault(event.type(), event.weight()) >= 0;
            builder.event(event.user(), event.item(), event.weight(), engaged, event.time());
        }
        return true;
    }
}
