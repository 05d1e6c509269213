package org.opensearch.interest.embedding;

import org.junit.Test;
import org.opensearch.interest.embedding.ModelException.Kind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class EmbeddingSchedulerTests {
    /** Texts in the order in which the model saw them. */
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    /** Tasks that would run on threads; the tests run them when they like. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final FakeModels models = new FakeModels(this::embedding);

    private float[] embedding(String text) {
        seen.add(text);
        if (text.startsWith("fail")) {
            throw new AssertionError("native trouble");
        }
        return new float[] { text.hashCode() };
    }

    private EmbeddingScheduler scheduler(Models models, int callers, int capacity) {
        return new EmbeddingScheduler(models, tasks::add, callers, Runnable::run, capacity, new InferenceCounts());
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
    public void answersStandInTheOrderOfTheTexts() {
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
    public void equalTextsAreEmbeddedOnce() {
        CompletableFuture<List<Embedding>> answer = scheduler(models, 1, 100).embed("fake", List.of("a", "b", "a", "a"), TextType.PASSAGE);
        runTasks();
        assertEquals(List.of("a", "b"), seen);
        assertEquals(4, answer.join().size());
        assertEquals(answer.join().get(0), answer.join().get(3));
    }

    @Test
    public void aFullLaneRefusesAtOnceAndALargeRequestAloneIsTaken() {
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
        assertEquals("a full ingest refuses no search", 1, search.join().size());
        assertEquals(0, scheduler.waiting());
        CompletableFuture<List<Embedding>> again = scheduler.embed("fake", texts("again", 5), TextType.PASSAGE);
        runTasks();
        assertEquals(5, again.join().size());
    }

    @Test
    public void searchesOvertakeBulkAndBulkGoesOn() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 1000);
        scheduler.embed("fake", texts("bulk", 5), TextType.PASSAGE);
        for (int i = 0; i < 20; i++) {
            scheduler.embed("fake", List.of("query" + i), TextType.QUERY);
        }
        runTasks();
        assertEquals("query0", seen.get(0));
        assertEquals("bulk0", seen.get(EmbeddingScheduler.FAST_TURNS));
        assertEquals("bulk1", seen.get(2 * EmbeddingScheduler.FAST_TURNS + 1));
        assertEquals(25, seen.size());
    }

    @Test
    public void aFailureIsItsRequestsAlone() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 100);
        CompletableFuture<List<Embedding>> bad = scheduler.embed("fake", List.of("ok", "fail", "never run"), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> good = scheduler.embed("fake", List.of("fine"), TextType.PASSAGE);
        runTasks();
        assertEquals(Kind.BROKEN, failure(bad).kind());
        assertEquals("[interest] model [fake] failed on a text: java.lang.AssertionError: native trouble", failure(bad).getMessage());
        assertEquals(1, good.join().size());
        assertFalse("nobody waits for it any more", seen.contains("never run"));
        assertEquals(0, scheduler.waiting());
        assertEquals(Kind.UNKNOWN, failure(scheduler.embed("unknown", List.of("a"), TextType.PASSAGE)).kind());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    public void textsOfARequestGivenUpAreNotRun() {
        EmbeddingScheduler scheduler = scheduler(models, 1, 100);
        scheduler.embed("fake", texts("given up", 9), TextType.PASSAGE).cancel(false);
        CompletableFuture<List<Embedding>> answer = scheduler.embed("fake", List.of("wanted"), TextType.PASSAGE);
        runTasks();
        assertEquals(1, answer.join().size());
        assertEquals(List.of("wanted"), seen);
    }

    @Test
    public void requestsWaitForAModelThatLoadsAndCountAgainstTheBound() {
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
    public void closingAnswersEverybody() {
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
    public void withoutWorkersNobodyWaitsForEver() {
        Executor full = task -> { throw new RejectedExecutionException("full"); };
        EmbeddingScheduler scheduler = new EmbeddingScheduler(models, full, 2, full, 100, new InferenceCounts());
        assertEquals(Kind.OVERLOADED, failure(scheduler.embed("fake", texts("a", 9), TextType.PASSAGE)).kind());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    public void asManyCallersAsAllowedRunAtOnceAndNoMore() throws Exception {
        int callers = 3;
        CountDownLatch together = new CountDownLatch(callers);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (EmbeddingScheduler scheduler = new EmbeddingScheduler(new FakeModels(text -> {
            seen.add(text);
            together.countDown();
            await(goOn);
            return new float[] { 1 };
        }), threads, callers, Runnable::run, 1000, new InferenceCounts())) {
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
