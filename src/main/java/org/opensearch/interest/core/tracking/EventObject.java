package org.opensearch.interest.core.tracking;

import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.vector.Vectors;

import java.util.List;

/** What an event was about: where its evidence comes from. */
public sealed interface EventObject {
    /** An item of the catalogue: its stored vector. */
    record Item(String id) implements EventObject {}

    /** An item and what was said of it: the item's vector, for or against it as the text says. */
    record Comment(String item, String text) implements EventObject {}

    /** A text, embedded as a query. */
    record Text(String text) implements EventObject {}

    /** A vector that the caller brings; made a unit vector. */
    record Vector(float[] unit) implements EventObject {
        public Vector {
            Vectors.requireUnit("vector", unit);
        }
    }

    /** What was shown: weak evidence against what was passed over, and none for what was clicked, since clicks are events of their own. */
    record Impression(List<String> items, List<String> clicked) implements EventObject {
        /** Those that were not clicked, each once, up to where people stop looking. */
        public List<String> skipped() {
            return HistoryEvent.skipped(items, clicked);
        }
    }
}
