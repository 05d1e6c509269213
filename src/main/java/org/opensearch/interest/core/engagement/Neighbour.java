package org.opensearch.interest.core.engagement;

import java.util.Objects;

/**
 * An item that is taken up by those who take up another.
 *
 * @param cosine above 0, up to 1
 */
public record Neighbour(String item, float cosine) {
    public Neighbour {
        Objects.requireNonNull(item, "item");
        if ((cosine > 0 && cosine <= 1) == false) {
            throw new IllegalArgumentException("a neighbour's cosine must be in (0,1], but is [" + cosine + "]");
        }
    }
}
