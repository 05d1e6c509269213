package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Lets scorers learn event by event and then score every case in turn. The evaluation cases fix the order, the scores
 * do not depend on the number of threads, and each case writes to its own place: the same input gives the same report.
 */
public final class CaseReplay {
    private CaseReplay() {}

    /** Receives the scores of each case. Called by several threads, once per case. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param index   of the case
         * @param scorers the roots, in the supplier's order
         * @param cache   gives the scores of the case
         */
        void visit(int index, Case c, List<? extends Scorer> scorers, ScoreCache cache);
    }

    /**
     * @param roots    creates the scorers of the methods; called once per thread if learning goes on between cases
     * @param threads  at least 1
     * @param progress receives the number of finished cases now and then
     */
    public static void run(
        EvaluationCases evaluationCases, Supplier<? extends List<? extends Scorer>> roots, int threads,
        IntConsumer progress, Visitor visitor
    ) {
        AtomicInteger done = new AtomicInteger();
        List<Runnable> work = new ArrayList<>();
        if (evaluationCases.learnsOnce() && evaluationCases.cases().isEmpty() == false) {
            List<? extends Scorer> scorers = roots.get();
            List<Scorer> all = closure(scorers);
            int known = evaluationCases.cases().get(0).known();
            List<Runnable> learning = all.stream()
                .<Runnable>map(scorer -> () -> learn(evaluationCases, List.of(scorer), 0, known))
                .toList();
            runAll(learning, threads);
            for (int worker = 0; worker < threads; worker++) {
                int first = worker;
                work.add(
                    () -> scoreCases(evaluationCases, scorers, List.of(), first, threads, done, progress, visitor)
                );
            }
        } else {
            for (int worker = 0; worker < threads; worker++) {
                int first = worker;
                work.add(() -> {
                    List<? extends Scorer> scorers = roots.get();
                    scoreCases(evaluationCases, scorers, closure(scorers), first, threads, done, progress, visitor);
                });
            }
        }
        runAll(work, threads);
    }

    private static void scoreCases(
        EvaluationCases evaluationCases, List<? extends Scorer> scorers, List<Scorer> learning, int first, int step,
        AtomicInteger done, IntConsumer progress, Visitor visitor
    ) {
        int known = 0;
        for (int i = first; i < evaluationCases.cases().size(); i += step) {
            Case c = evaluationCases.cases().get(i);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (learning.isEmpty() == false) {
                learn(evaluationCases, learning, known, c.known());
                known = c.known();
            }
            visitor.visit(i, c, scorers, new ScoreCache(evaluationCases.data().items(), c));
            int count = done.incrementAndGet();
            if (count % 100 == 0) {
                progress.accept(count);
            }
        }
    }

    private static void learn(EvaluationCases evaluationCases, List<Scorer> scorers, int from, int to) {
        for (int event = from; event < to; event++) {
            if (evaluationCases.held().get(event) == false) {
                for (Scorer scorer : scorers) {
                    scorer.learn(event);
                }
            }
        }
    }

    /** Returns every scorer that is used, directly or through others, once. */
    private static List<Scorer> closure(List<? extends Scorer> roots) {
        Set<Scorer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Scorer> all = new ArrayList<>();
        roots.forEach(root -> collect(root, seen, all));
        return all;
    }

    private static void collect(Scorer scorer, Set<Scorer> seen, List<Scorer> all) {
        if (seen.add(scorer)) {
            all.add(scorer);
            scorer.inputs().forEach(input -> collect(input, seen, all));
        }
    }

    private static void runAll(List<Runnable> work, int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.each(work.size(), i -> work.get(i).run());
        }
    }
}
