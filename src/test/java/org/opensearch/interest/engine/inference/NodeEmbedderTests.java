package org.opensearch.interest.engine.inference;

import org.junit.After;
import org.junit.Before;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.EmbeddingCache;
import org.opensearch.interest.core.embedding.EmbeddingScheduler;
import org.opensearch.interest.core.embedding.FakeModels;
import org.opensearch.interest.core.embedding.InferenceCounts;
import org.opensearch.interest.core.embedding.LongText;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.threadpool.TestThreadPool;
import org.opensearch.threadpool.ThreadPool;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Deadlines, and requests that wait instead of failing. The test provides the model's threads. */
public class NodeEmbedderTests extends OpenSearchTestCase {
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final InferenceCounts counts = new InferenceCounts();
    private ThreadPool threadPool;
    private EmbeddingScheduler scheduler;

    @Before
    public void start() {
        threadPool = new TestThreadPool("embedder");
        FakeModels models = new FakeModels(text -> {
            seen.add(text);
            return new float[]{ 1 };
        });
        scheduler = new EmbeddingScheduler(models, EmbeddingCache.none(), tasks::add, 1, Runnable::run, 10, counts);
    }

    @After
    public void stop() {
        scheduler.close();
        terminate(threadPool);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void runUntilDone(CompletableFuture<?> answer) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (answer.isDone() == false) {
            runTasks();
            try {
                answer.get(10, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                assertTrue("never done", System.nanoTime() < deadline);
            }
        }
    }

    private static List<String> texts(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    public void testAnExpiredRequestNeverReachesTheModel() throws Exception {
        NodeEmbedder embedder = new NodeEmbedder(scheduler, threadPool, counts);
        TimeValue soon = TimeValue.timeValueMillis(1);
        CompletableFuture<List<Embedding>> late = embedder
            .embed("fake", List.of("late"), TextType.QUERY, LongText.TRUNCATE, soon);
        ModelException e = (ModelException) expectThrows(ExecutionException.class, () -> late.get(30, TimeUnit.SECONDS))
            .getCause();
        assertEquals(Kind.OVERLOADED, e.kind());
        assertEquals(
            "[interest] no embedding within [1ms]: the model is busy, or still loads. Send the texts again later, or fewer at a time",
            e.getMessage()
        );
        CompletableFuture<List<Embedding>> wanted = embedder.embed("fake", List.of("wanted"), TextType.QUERY);
        runTasks();
        assertEquals(1, wanted.get(30, TimeUnit.SECONDS).size());
        assertEquals(List.of("wanted"), List.copyOf(seen));
        assertEquals(1, counts.read().rejected());
    }

    public void testALoadBeyondTheQueueSlowsDownAndLosesNothing() throws Exception {
        NodeEmbedder patient = new NodeEmbedder(new BackpressureEmbedder(scheduler, threadPool), threadPool, counts);
        List<CompletableFuture<List<Embedding>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(patient.embed("fake", texts("load" + i + "-", 9), TextType.PASSAGE));
        }
        assertEquals("only one fits", 9, scheduler.waiting());
        CompletableFuture<?> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
        runUntilDone(all);
        all.get();
        assertEquals(
            "each once, first come first served",
            IntStream.range(0, 20).boxed().flatMap(i -> texts("load" + i + "-", 9).stream()).toList(), List.copyOf(seen)
        );
        assertEquals(0, counts.read().rejected());
    }

    public void testWhoGivesUpInLineIsLeftOut() throws Exception {
        BackpressureEmbedder patient = new BackpressureEmbedder(scheduler, threadPool);
        CompletableFuture<List<Embedding>> first = patient.embed("fake", texts("first", 9), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> gone = patient.embed("fake", texts("gone", 9), TextType.PASSAGE);
        CompletableFuture<List<Embedding>> last = patient.embed("fake", texts("last", 9), TextType.PASSAGE);
        gone.cancel(false);
        runUntilDone(last);
        assertEquals(9, first.get().size());
        assertEquals(18, seen.size());
        ExecutionException unknown = expectThrows(
            ExecutionException.class, () -> patient.embed("unknown", List.of("a"), TextType.QUERY).get()
        );
        assertEquals(Kind.UNKNOWN, ((ModelException) unknown.getCause()).kind());
    }
}
