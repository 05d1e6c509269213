package org.opensearch.interest.core.embedding;

/** Which side of a search a text stands on. Some models put a different prefix before each. */
public enum TextType {
    /** a text that is searched for: a document, an item's title */
    PASSAGE,
    /** a text that searches */
    QUERY
}
