package org.opensearch.interest.core.engagement;

import java.util.Objects;

/** That a user took up an item, at a time in milliseconds since 1970. */
public record EngagedItem(String item, long time) {
    public EngagedItem {
        Objects.requireNonNull(item, "item");
    }

    /** Tells nothing of what the user did: what is printed may be logged. */
    @Override
    public String toString() {
        return "an item";
    }
}
