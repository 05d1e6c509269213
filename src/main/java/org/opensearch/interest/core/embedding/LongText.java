package org.opensearch.interest.core.embedding;

/** Treatment of a text that is longer than a model's input. */
public enum LongText {
    /** the rest is cut off */
    TRUNCATE,
    /** it is read in windows that overlap, and its vector is their mean, each weighted by its tokens */
    MEAN_CHUNKS
}
