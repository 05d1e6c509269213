package org.opensearch.interest.engine.inference;

import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.EmbeddingCache;
import org.opensearch.interest.core.embedding.EmbeddingKey;
import org.opensearch.interest.core.embedding.TextType;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Cache of a node's embeddings with least-recently-used eviction. Queries and passages have one half each, so that a
 * bulk load of passages evicts no query. Every byte is accounted to a circuit breaker; if the breaker refuses, the
 * embedding is not cached. Thread-safe.
 */
public final class NodeEmbeddingCache implements EmbeddingCache {
    /**
     * Estimated bytes of an entry's objects apart from its numbers and characters: the key, the record, the arrays'
     * headers, and the cache's own entry with its links.
     */
    private static final long OVERHEAD = 256;
    private static final String LABEL = "interest_embeddings";

    /**
     * @param bytes     the estimated size of all entries
     * @param evictions the number of entries removed to make space
     * @param refused   the number of embeddings refused by the circuit breaker
     */
    public record Reading(long hits, long misses, long evictions, long refused, long count, long bytes) {}

    private final Map<TextType, Cache<EmbeddingKey, Embedding>> halves = new EnumMap<>(TextType.class);
    private final CircuitBreaker breaker;
    private final LongAdder refused = new LongAdder();

    /** @param maxBytes the size limit; 0 disables the cache */
    public NodeEmbeddingCache(long maxBytes, CircuitBreaker breaker) {
        this.breaker = breaker;
        for (TextType type : TextType.values()) {
            Cache<EmbeddingKey, Embedding> half = CacheBuilder.<EmbeddingKey, Embedding>builder()
                .setMaximumWeight(maxBytes / TextType.values().length)
                .weigher(NodeEmbeddingCache::bytes)
                .removalListener(removed -> breaker.addWithoutBreaking(-bytes(removed.getKey(), removed.getValue())))
                .build();
            halves.put(type, half);
        }
    }

    @Override
    public Embedding get(EmbeddingKey key) {
        return halves.get(key.type()).get(key);
    }

    @Override
    public void put(EmbeddingKey key, Embedding embedding) {
        Cache<EmbeddingKey, Embedding> half = halves.get(key.type());
        long bytes = bytes(key, embedding);
        if (bytes > half.getMaximumWeight()) {
            return;
        }
        try {
            breaker.addEstimateBytesAndMaybeBreak(bytes, LABEL);
        } catch (CircuitBreakingException e) {
            refused.increment();
            return;
        }
        half.put(key, embedding);
    }

    /** Removes all entries and returns their bytes to the breaker. */
    public void clear() {
        halves.values().forEach(Cache::invalidateAll);
    }

    public Reading read() {
        long hits = 0;
        long misses = 0;
        long evictions = 0;
        long count = 0;
        long bytes = 0;
        for (Cache<EmbeddingKey, Embedding> half : halves.values()) {
            hits += half.stats().getHits();
            misses += half.stats().getMisses();
            evictions += half.stats().getEvictions();
            count += half.count();
            bytes += half.weight();
        }
        return new Reading(hits, misses, evictions, refused.sum(), count, bytes);
    }

    /** At most two bytes a character, and four a number. The other strings of the key are shared. */
    private static long bytes(EmbeddingKey key, Embedding embedding) {
        return OVERHEAD + 2L * key.text().length() + 4L * embedding.vector().length;
    }
}
