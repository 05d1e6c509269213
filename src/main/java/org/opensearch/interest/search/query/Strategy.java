package org.opensearch.interest.search.query;

import java.util.Locale;

/** Strategies to find the documents to score. */
public enum Strategy {
    /** {@link #EXACT}, unless only the best hits matter and {@link #ANN} is noticeably cheaper. */
    AUTO,
    /** Every match of the inner query is scored. */
    EXACT,
    /** The vector index finds candidates, with one probe for each direction, and only the candidates are scored. */
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
