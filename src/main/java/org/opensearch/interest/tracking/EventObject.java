package org.opensearch.interest.tracking;

import org.opensearch.interest.vector.Vectors;

import java.util.List;
import java.util.Set;

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
        /** Whoever looks at more than this has long begun to skim. */
        private static final int SEEN = 100;

        /** The first hundred that were not clicked, each once. */
        public List<String> skipped() {
            Set<String> chosen = Set.copyOf(clicked);
            return items.stream().distinct().filter(item -> chosen.contains(item) == false).limit(SEEN).toList();
        }
    }
}
