package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.EmbeddingCache;
import org.opensearch.interest.core.embedding.EmbeddingScheduler;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.engine.inference.ModelRegistry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A real network behind the registry and the scheduler, used by many threads while it is reloaded and closed. */
class ConcurrentEmbeddingTest {
    private static final List<String> WORDS = List.of("shoes", "coffee", "mug", "running", "1984");

    @TempDir
    Path temporary;

    @Test
    void sixtyFourThreadsLoseAndCrossNothingWhileTheModelIsReloadedAndClosed() throws Exception {
        Path configured = temporary;
        TinyModel.roberta().write(configured, "tiny");
        ModelRegistry models = new ModelRegistry(configured.resolve("none"), configured, BundledModel.loader());
        models.load(Runnable::run);
        Map<String, float[]> truth = new ConcurrentHashMap<>();
        for (int i = 0; i < 625; i++) {
            String text = text(i);
            truth.put(text, models.encoder("tiny").join().encode(text, TextType.PASSAGE).vector());
        }
        ExecutorService workers = Executors.newFixedThreadPool(8);
        ExecutorService senders = Executors.newFixedThreadPool(64);
        InferenceCounts counts = new InferenceCounts();
        EmbeddingScheduler scheduler = new EmbeddingScheduler(
            models, EmbeddingCache.none(), workers, 4, Runnable::run, 100_000, counts
        );
        CountDownLatch halfway = new CountDownLatch(64 * 20);
        try {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int sender = 0; sender < 64; sender++) {
                Random random = new Random(sender);
                sent.add(senders.submit(() -> {
                    int answered = 0;
                    for (int i = 0; i < 200; i++) {
                        List<String> texts = IntStream.range(0, 1 + random.nextInt(12))
                            .mapToObj(t -> text(random.nextInt(625)))
                            .toList();
                        answered += send(
                            scheduler, texts, random.nextBoolean() ? TextType.QUERY : TextType.PASSAGE, truth
                        );
                        halfway.countDown();
                    }
                    return answered;
                }));
            }
            assertTrue(halfway.await(60, TimeUnit.SECONDS));
            models.reload("tiny");
            models.reload("tiny");
            scheduler.close();
            models.close();
            int answered = 0;
            for (Future<Integer> sender : sent) {
                answered += sender.get(60, TimeUnit.SECONDS);
            }
            assertTrue(answered >= 64 * 20 / 2, "answered before the end: " + answered);
            assertEquals(0, scheduler.waiting(), "nothing is left behind");
        } finally {
            senders.shutdownNow();
            workers.shutdownNow();
            assertTrue(workers.awaitTermination(30, TimeUnit.SECONDS));
        }
    }

    /** Returns 1 if the answer was correct; 0 if the model or the node was closing. */
    private static int send(EmbeddingScheduler scheduler, List<String> texts, TextType type, Map<String, float[]> truth)
        throws Exception {
        List<Embedding> embeddings;
        try {
            embeddings = scheduler.embed("tiny", texts, type).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertEquals(ModelException.Kind.UNAVAILABLE, ((ModelException) e.getCause()).kind(), e.toString());
            return 0;
        }
        assertEquals(texts.size(), embeddings.size());
        for (int i = 0; i < texts.size(); i++) {
            assertArrayEquals(truth.get(texts.get(i)), embeddings.get(i).vector(), 1e-5f, texts.get(i));
        }
        return 1;
    }

    private static String text(int number) {
        StringBuilder text = new StringBuilder();
        for (int rest = number, i = 0; i < 4; i++, rest /= 5) {
            text.append(WORDS.get(rest % 5)).append(' ');
        }
        return text.toString();
    }
}
