package org.opensearch.interest.search.query;

import java.util.Locale;

/** How the documents to be scored are found. */
public enum Strategy {
    /** {@link #EXACT}, unless nothing but the best hits counts and {@link #ANN} is so much cheaper that it is felt. */
    AUTO,
    /** Every match of the inner query is scored. */
    EXACT,
    /** The vector index finds candidates, one probe a direction, and these alone are scored. */
    ANN;

    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Strategy parse(String spelling) {
        for (Strategy strategy : values()) {
            if (strategy.spelling().equals(spelling)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException(
            "[interest] [strategy] must be one of [auto, exact, ann], but was [" + spelling + "]"
        );
    }
}
