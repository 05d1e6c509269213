package org.opensearch.interest.core.embedding;

/** Embeddings that were made before. It may forget any of them at any time. Thread-safe; never blocks for long. */
public interface EmbeddingCache {
    /** The embedding of that text, or null. */
    Embedding get(EmbeddingKey key);

    void put(EmbeddingKey key, Embedding embedding);

    /** Remembers nothing. */
    static EmbeddingCache none() {
        return new EmbeddingCache() {
            @Override
            public Embedding get(EmbeddingKey key) {
                return null;
            }

            @Override
            public void put(EmbeddingKey key, Embedding embedding) {}
        };
    }
}
