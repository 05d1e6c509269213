package org.opensearch.interest.core.embedding;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.embedding.ModelException.Kind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EmbeddingSchedulerTest {
    /** Texts in the order in which the model saw them. */
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    /** Tasks that would run on threads; the tests run them when they like. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final FakeModels models = new FakeModels(this::embedding);
    private final InferenceCounts counts = new InferenceCounts();

    private float[] embedding(String text) {
        seen.add(text);
        if (text.startsWith("fail")) {
            throw new ModelException(Kind.BROKEN, "[interest] model [fake] failed on a text: trouble");
        }
        if (text.startsWith("crash")) {
            throw new AssertionError("native trouble");
        }
        return new float[]{ text.hashCode() };
    }

    private EmbeddingScheduler scheduler(Models models, int callers, int capacity) {
        return new EmbeddingScheduler(
            models, EmbeddingCache.none(), tasks::add, callers, Runnable::run, capacity, counts
        );
    }

    private void runTasks() {
        while (tasks.isEmpty() == false) {
            tasks.poll().run();
        }
    }

    private static List<String> texts(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static ModelException failure(CompletableFuture<?> future) {
        assertTrue(future.isDone());
        return (ModelException) assertThrows(CompletionException.class, future::join).getCause();
    }

    @Test
    void answersStandInTheOrderOfTheTexts() {
        EmbeddingScheduler scheduler = scheduler(models, 2, 100);
        CompletableFuture<List<Embedding>> answer = scheduler.embed("fake", List.of("b", "a", "c"), TextType.PASSAGE);
        assertFalse(answer.isDone());
        runTasks();
        assertEquals(
            List.of((float) "b".hashCode(), (float) "a".hashCode(), (float) "c".hashCode()),
            answer.join().stream().map(embedding -> embedding.vector()[0]).toList()
        );
        assertEquals(List.of(), scheduler.embed("fake", List.of(), TextType.PASSAGE).join());
    }

    @Test
    void equalTextsAreEmbeddedOnce() {
        CompletableFuture<List<Embedding>> answer = scheduler(models, 1, 100)
            .embed("fake", List.of("a", "b", "a", "a"), TextType.PASSAGE);
        runTasks();
        assertEquals(List.of("a", "b"), seen);
        assertEquals(4, answer.join().size());
        assertEquals(answer.join().get(0), answer.join().get(3));
    }

    @Test
    void aFullLaneRefusesAtOnceAndALargeRequestAloneIsTaken() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 10);
        CompletableFuture<List<Embedding>> large = scheduler.embed("fake", texts("large", 50), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> refused = scheduler.embed("fake", texts("refused", 5), TextType.PASSAGE);
        assertEquals(Kind.OVERLOADED, failure(refused).kind());
        assertEquals(
            "[interest] no room for [5] more texts to embed: [50] of at most [10] wait already. Nothing was done; "
                + "send them again later, or fewer at a time",
            failure(refused).getMessage()
        );
        CompletableFuture<List<Embedding>> search = scheduler.embed("fake", List.of("query"), TextType.QUERY);
        runTasks();
        assertEquals(50, large.join().size());
        assertEquals(1, search.join().size(), "a full ingest refuses no search");
        assertEquals(0, scheduler.waiting());
        CompletableFuture<List<Embedding>> again = scheduler.embed("fake", texts("again", 5), TextType.PASSAGE);
        runTasks();
        assertEquals(5, again.join().size());
    }

    @Test
    void searchesAndBulkHaveCallersOfTheirOwn() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 1000);
        scheduler.embed("fake", texts("bulk", 5), TextType.PASSAGE);
        assertEquals(1, tasks.size());
        for (int i = 0; i < 20; i++) {
            scheduler.embed("fake", List.of("query" + i), TextType.QUERY);
        }
        assertEquals(2, tasks.size(), "one caller a lane, however many wait");
        tasks.pollLast().run();
        assertEquals(texts("query", 20), List.copyOf(seen), "no search waits for a text of the bulk");
        runTasks();
        assertEquals(25, seen.size(), "the bulk has lost nothing");
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void aSearchDoesNotWaitInTheBulkLaneForATextThatIsInIt() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 1000);
        CompletableFuture<List<Embedding>> bulk = scheduler.embed("fake", texts("t", 9), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> small = scheduler.embed("fake", List.of("t7"), TextType.PASSAGE);
        tasks.pollLast().run();
        assertEquals(List.of("t7"), List.copyOf(seen), "it went ahead");
        assertEquals(1, small.join().size());
        runTasks();
        assertEquals(9, bulk.join().size());
        assertEquals(9, seen.size(), "and was not run again");
        assertEquals(1, counts.read().shared());
    }

    /** Is closed already: takes nobody any more. */
    private static Encoder closedEncoder() {
        Encoder open = FakeModels.encoder(text -> new float[]{ 1 });
        return new Encoder() {
            @Override
            public Embedding encode(String text, TextType type) {
                throw new AssertionError("it is closed");
            }

            @Override
            public Embedding encodeWhole(String text, TextType type) {
                return encode(text, type);
            }

            @Override
            public boolean retain() {
                return false;
            }

            @Override
            public void close() {
                open.close();
            }
        };
    }

    @Test
    void whoComesWhileTheModelIsReloadedGetsTheNewOne() {
        Encoder closed = closedEncoder();
        Encoder fresh = FakeModels.encoder(text -> new float[]{ 2 });
        ArrayDeque<Encoder> answers = new ArrayDeque<>(List.of(closed, fresh));
        FakeModels reloading = new FakeModels(CompletableFuture.completedFuture(closed)) {
            @Override
            public CompletableFuture<Encoder> encoder(String modelId) {
                return CompletableFuture.completedFuture(answers.size() > 1 ? answers.poll() : answers.peek());
            }
        };
        EmbeddingScheduler scheduler = scheduler(reloading, 1, 100);
        CompletableFuture<List<Embedding>> answer = scheduler.embed("fake", texts("load", 9), TextType.PASSAGE);
        runTasks();
        assertEquals(9, answer.join().size());
        assertEquals(2, answer.join().get(0).vector()[0], 0);
        assertEquals(0, scheduler.waiting());

        EmbeddingScheduler stopping = scheduler(new FakeModels(CompletableFuture.completedFuture(closed)), 1, 100);
        assertEquals(
            Kind.UNAVAILABLE, failure(stopping.embed("fake", List.of("a"), TextType.QUERY)).kind(),
            "one that stays closed is not asked for ever"
        );
        assertEquals(0, stopping.waiting());
    }

    @Test
    void equalTextsInFlightAreRunOnceWhoeverSentThem() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 1000);
        CompletableFuture<List<Embedding>> first = scheduler.embed("fake", List.of("a", "b"), TextType.QUERY);
        CompletableFuture<List<Embedding>> second = scheduler.embed("fake", List.of("b", "c"), TextType.QUERY);
        CompletableFuture<List<Embedding>> passage = scheduler.embed("fake", List.of("b"), TextType.PASSAGE);
        first.cancel(false);
        runTasks();
        assertEquals(
            List.of("b", "c", "b"), List.copyOf(seen),
            "the one given up is not run, the one still wanted is; another type is another text"
        );
        assertEquals(2, second.join().size());
        assertEquals(1, passage.join().size());
        InferenceCounts.Reading reading = counts.read();
        assertEquals(3, reading.texts());
        assertEquals(1, reading.shared());
    }

    @Test
    void whatIsRememberedNeedsNoTurnAndNoRoom() {
        Map<EmbeddingKey, Embedding> remembered = new HashMap<>();
        EmbeddingCache cache = new EmbeddingCache() {
            @Override
            public Embedding get(EmbeddingKey key) {
                return remembered.get(key);
            }

            @Override
            public void put(EmbeddingKey key, Embedding embedding) {
                remembered.put(key, embedding);
            }
        };
        EmbeddingScheduler scheduler = new EmbeddingScheduler(models, cache, tasks::add, 1, Runnable::run, 1, counts);
        CompletableFuture<List<Embedding>> first = scheduler.embed("fake", List.of("a", "b"), TextType.QUERY);
        runTasks();
        scheduler.embed("fake", texts("full", 3), TextType.QUERY);
        assertEquals(
            Kind.OVERLOADED, failure(scheduler.embed("fake", List.of("c"), TextType.QUERY)).kind(), "the lane is full"
        );
        CompletableFuture<List<Embedding>> again = scheduler.embed("fake", List.of("b", "a", "b"), TextType.QUERY);
        assertSame(first.join().get(1), again.join().get(0));
        assertSame(first.join().get(0), again.join().get(1));
        seen.clear();
        runTasks();
        CompletableFuture<List<Embedding>> partly = scheduler.embed("fake", List.of("a", "new"), TextType.QUERY);
        runTasks();
        assertSame(first.join().get(0), partly.join().get(0));
        assertEquals(List.of("full0", "full1", "full2", "new"), List.copyOf(seen));
    }

    @Test
    void anErrorSwitchesTheModelOff() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 100);
        CompletableFuture<List<Embedding>> bad = scheduler.embed("fake", List.of("crash"), TextType.PASSAGE);
        runTasks();
        assertEquals(Kind.FATAL, failure(bad).kind());
        assertEquals(
            "[interest] model [fake] failed and is switched off until it is reloaded: java.lang.AssertionError: native trouble",
            failure(bad).getMessage()
        );
        assertEquals(List.of(failure(bad)), models.disabled());

        seen.clear();
        CompletableFuture<List<Embedding>> first = scheduler.embed("fake", List.of("crash"), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> behind = scheduler.embed("fake", texts("behind", 9), TextType.PASSAGE);
        runTasks();
        assertEquals(List.of("crash"), List.copyOf(seen), "nor is it asked by who waits");
        assertSame(failure(first), failure(behind));
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void modelsThatTakeSeveralTextsGetWhatWaitsAnywayAndLeaveOtherCallersTheirShare() {
        List<Integer> sizes = new ArrayList<>();
        FakeModels batching = new FakeModels(CompletableFuture.completedFuture(new Encoder() {
            @Override
            public Embedding encode(String text, TextType type) {
                sizes.add(1);
                return new Embedding(embedding(text), 1, false, 0);
            }

            @Override
            public Embedding encodeWhole(String text, TextType type) {
                return encode(text, type);
            }

            @Override
            public List<Embedding> encodeAll(List<String> texts, TextType type) {
                List<Embedding> embeddings = texts.stream()
                    .map(text -> new Embedding(embedding(text), 1, false, 0))
                    .toList();
                sizes.add(texts.size());
                return embeddings;
            }

            @Override
            public int batch() {
                return 8;
            }

            @Override
            public void close() {}
        }));
        EmbeddingScheduler scheduler = scheduler(batching, 2, 1000);
        CompletableFuture<List<Embedding>> one = scheduler.embed("fake", texts("a", 10), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> other = scheduler.embed("fake", texts("b", 10), TextType.PASSAGE);
        runTasks();
        assertEquals(List.of(8, 6, 3, 2, 1), sizes, "across requests; the rest is shared with the caller that is free");
        assertEquals((float) "b9".hashCode(), other.join().get(9).vector()[0], 0);
        assertEquals(10, one.join().size());

        sizes.clear();
        CompletableFuture<List<Embedding>> good = scheduler.embed("fake", texts("good", 6), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> bad = scheduler
            .embed("fake", List.of("x", "fail", "y", "z", "u"), TextType.PASSAGE);
        runTasks();
        assertEquals(6, good.join().size(), "a bad text fails nobody else");
        assertEquals(Kind.BROKEN, failure(bad).kind());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void aFailureIsItsRequestsAlone() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 100);
        CompletableFuture<List<Embedding>> bad = scheduler
            .embed("fake", List.of("ok", "fail", "never run"), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> good = scheduler.embed("fake", List.of("fine"), TextType.PASSAGE);
        runTasks();
        assertEquals(Kind.BROKEN, failure(bad).kind());
        assertEquals("[interest] model [fake] failed on a text: trouble", failure(bad).getMessage());
        assertEquals(1, good.join().size());
        assertFalse(seen.contains("never run"), "nobody waits for it any more");
        assertEquals(0, scheduler.waiting());
        assertEquals(Kind.UNKNOWN, failure(scheduler.embed("unknown", List.of("a"), TextType.PASSAGE)).kind());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void textsOfARequestGivenUpAreNotRun() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 100);
        scheduler.embed("fake", texts("given up", 9), TextType.PASSAGE).cancel(false);
        CompletableFuture<List<Embedding>> answer = scheduler.embed("fake", List.of("wanted"), TextType.PASSAGE);
        runTasks();
        assertEquals(1, answer.join().size());
        assertEquals(List.of("wanted"), seen);
    }

    @Test
    void requestsWaitForAModelThatLoadsAndCountAgainstTheBound() {
        CompletableFuture<Encoder> loading = new CompletableFuture<>();
        EmbeddingScheduler scheduler = scheduler(new FakeModels(loading), 1, 10);
        CompletableFuture<List<Embedding>> first = scheduler.embed("fake", texts("first", 8), TextType.PASSAGE);
        assertEquals(Kind.OVERLOADED, failure(scheduler.embed("fake", texts("second", 8), TextType.PASSAGE)).kind());
        runTasks();
        assertFalse(first.isDone());
        loading.complete(FakeModels.encoder(this::embedding));
        runTasks();
        assertEquals(8, first.join().size());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void closingAnswersEverybody() {
        CompletableFuture<Encoder> loading = new CompletableFuture<>();
        EmbeddingScheduler scheduler = scheduler(new FakeModels(loading), 1, 100);
        CompletableFuture<List<Embedding>> waitsForModel = scheduler.embed("fake", List.of("a"), TextType.QUERY);
        scheduler.close();
        scheduler.close();
        loading.complete(FakeModels.encoder(this::embedding));
        assertEquals(Kind.UNAVAILABLE, failure(waitsForModel).kind());
        assertEquals(Kind.UNAVAILABLE, failure(scheduler.embed("fake", List.of("b"), TextType.QUERY)).kind());

        EmbeddingScheduler queued = scheduler(models, 1, 100);
        CompletableFuture<List<Embedding>> waitsForTurn = queued.embed("fake", List.of("a"), TextType.QUERY);
        queued.close();
        runTasks();
        assertEquals(Kind.UNAVAILABLE, failure(waitsForTurn).kind());
        assertEquals(List.of(), seen);
    }

    @Test
    void withoutWorkersNobodyWaitsForEver() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        EmbeddingScheduler scheduler = new EmbeddingScheduler(
            models, EmbeddingCache.none(), full, 2, full, 100, counts
        );
        assertEquals(Kind.OVERLOADED, failure(scheduler.embed("fake", texts("a", 9), TextType.PASSAGE)).kind());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void asManyCallersAsAllowedRunAtOnceAndNoMore() throws Exception {
        int callers = 3;
        CountDownLatch together = new CountDownLatch(callers);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (EmbeddingScheduler scheduler = new EmbeddingScheduler(new FakeModels(text -> {
            seen.add(text);
            together.countDown();
            await(goOn);
            return new float[]{ 1 };
        }), EmbeddingCache.none(), threads, callers, Runnable::run, 1000, counts)) {
            CompletableFuture<List<Embedding>> answer = scheduler.embed("fake", texts("t", 100), TextType.PASSAGE);
            await(together);
            assertEquals(callers, seen.size());
            assertEquals(97, scheduler.waiting());
            goOn.countDown();
            assertEquals(100, answer.get(30, TimeUnit.SECONDS).size());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
