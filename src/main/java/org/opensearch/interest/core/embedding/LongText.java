package org.opensearch.interest.core.embedding;

/** What becomes of a text that is longer than a model reads at once. */
public enum LongText {
    /** the rest is cut off */
    TRUNCATE,
    /** it is read in windows that overlap, and its vector is their mean, each weighted by its tokens */
    MEAN_CHUNKS
}
