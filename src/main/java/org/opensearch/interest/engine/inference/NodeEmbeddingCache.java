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
 * The embeddings that a node remembers, least recently used ones forgotten first. Queries and passages have a half
 * each, so that a bulk load of passages pushes out no query. Every byte is accounted to a circuit breaker; where that
 * says no, an embedding is simply not remembered. Thread-safe.
 */
public final class NodeEmbeddingCache implements EmbeddingCache {
    /**
     * An entry's objects around its numbers and characters: key, record, arrays' headers, the cache's own entry and its
     * links.
     */
    private static final long OVERHEAD = 256;
    private static final String LABEL = "interest_embeddings";

    /**
     * @param bytes     of all that is remembered, as estimated
     * @param evictions those that had to make room
     * @param refused   those that the circuit breaker had no room for
     */
    public record Reading(long hits, long misses, long evictions, long refused, long count, long bytes) {}

    private final Map<TextType, Cache<EmbeddingKey, Embedding>> halves = new EnumMap<>(TextType.class);
    private final CircuitBreaker breaker;
    private final LongAdder refused = new LongAdder();

    /** @param maxBytes 0 remembers nothing */
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

    /** Gives all of it back to the breaker. */
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

    /** Two bytes a character at most, four a number. The key's other strings are shared. */
    private static long bytes(EmbeddingKey key, Embedding embedding) {
        return OVERHEAD + 2L * key.text().length() + 4L * embedding.vector().length;
    }
}
