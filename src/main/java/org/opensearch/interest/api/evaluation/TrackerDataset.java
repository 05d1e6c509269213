package org.opensearch.interest.api.evaluation;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A tracker's events and items as an evaluation takes them.
 *
 * @param data    items in the order of their ids, events in that of time
 * @param vectors one an item; null where it has none of the dimension that most have
 */
record TrackerDataset(Dataset data, List<float[]> vectors) {
    /** @param notes gets what was left out */
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
        long bare = vectors.stream().filter(vector -> vector == null).count();
        if (bare > 0) {
            notes.add("[" + bare + "] items have no vector: content says nothing of them");
        }
        if (tracker.items().titleField() == null) {
            notes.add("the tracker has no [items.title_field]: methods that go by words know none");
        }
        return new TrackerDataset(builder.build(), vectors);
    }

    /** @return false where nothing was shown that is known */
    private static boolean passedOver(EvaluationEvent event, DatasetBuilder builder) {
        return builder.passedOver(event.user(), event.shown(), event.type(), event.weight(), event.time());
    }

    /** @return false where it is about no item, text or vector that is known */
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
            // a dislike is no taking up; neither is what only an event of its own weight turns down
            boolean engaged = tracker.signals().getOrDefault(event.type(), event.weight()) >= 0;
            builder.event(event.user(), event.item(), event.weight(), engaged, event.time());
        }
        return true;
    }
}
