package org.opensearch.interest.engine.inference;

import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.common.breaker.NoopCircuitBreaker;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.EmbeddingKey;
import org.opensearch.interest.core.embedding.LongText;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.test.OpenSearchTestCase;

public class NodeEmbeddingCacheTests extends OpenSearchTestCase {
    /** A circuit breaker that counts bytes as a real one does. */
    private static final class Breaker extends NoopCircuitBreaker {
        private final long limit;
        private long used;

        Breaker(long limit) {
            super("interest");
            this.limit = limit;
        }

        @Override
        public synchronized double addEstimateBytesAndMaybeBreak(long bytes, String label) {
            if (used + bytes > limit) {
                throw new CircuitBreakingException("full", bytes, limit, Durability.TRANSIENT);
            }
            return used += bytes;
        }

        @Override
        public synchronized long addWithoutBreaking(long bytes) {
            return used += bytes;
        }
    }

    private static EmbeddingKey key(TextType type, String version, int text) {
        return new EmbeddingKey("m", version, type, LongText.TRUNCATE, "text " + text);
    }

    private static Embedding embedding(int number) {
        return new Embedding(new float[]{ number, 1, 2, 3 }, 3, false, 0);
    }

    public void testWhatIsRememberedIsWhatWasPutAndEveryByteIsAccounted() {
        Breaker breaker = new Breaker(Long.MAX_VALUE);
        NodeEmbeddingCache cache = new NodeEmbeddingCache(20_000, breaker);
        for (int i = 0; i < 10_000; i++) {
            int text = random().nextInt(200);
            EmbeddingKey key = key(randomFrom(TextType.values()), "" + random().nextInt(2), text);
            Embedding known = cache.get(key);
            if (known != null) {
                assertEquals(text, known.vector()[0], 0);
            } else {
                cache.put(key, embedding(text));
            }
            if (random().nextInt(10) == 0) {
                cache.put(key, embedding(text));
            }
            assertEquals(cache.read().bytes(), breaker.used);
            assertTrue(cache.read().bytes() <= 20_000);
        }
        NodeEmbeddingCache.Reading reading = cache.read();
        assertEquals(10_000, reading.hits() + reading.misses());
        assertTrue(reading.hits() > 0 && reading.evictions() > 0 && reading.count() > 0);
        cache.clear();
        assertEquals(0, breaker.used);
        assertEquals(0, cache.read().count());
    }

    public void testALoadOfPassagesPushesOutNoQuery() {
        NodeEmbeddingCache cache = new NodeEmbeddingCache(20_000, new NoopCircuitBreaker(CircuitBreaker.REQUEST));
        cache.put(key(TextType.QUERY, "1", 7), embedding(7));
        for (int i = 0; i < 1_000; i++) {
            cache.put(key(TextType.PASSAGE, "1", i), embedding(i));
        }
        assertNotNull(cache.get(key(TextType.QUERY, "1", 7)));
        assertNull("nor does another version of the model know it", cache.get(key(TextType.QUERY, "2", 7)));
    }

    public void testWithoutRoomItRemembersLessAndFailsNobody() {
        Breaker breaker = new Breaker(500);
        NodeEmbeddingCache cache = new NodeEmbeddingCache(20_000, breaker);
        for (int i = 0; i < 5; i++) {
            cache.put(key(TextType.QUERY, "1", i), embedding(i));
        }
        assertEquals(1, cache.read().count());
        assertEquals(4, cache.read().refused());
        assertEquals(cache.read().bytes(), breaker.used);

        NodeEmbeddingCache none = new NodeEmbeddingCache(0, new Breaker(500));
        none.put(key(TextType.QUERY, "1", 1), embedding(1));
        assertNull(none.get(key(TextType.QUERY, "1", 1)));
    }
}
