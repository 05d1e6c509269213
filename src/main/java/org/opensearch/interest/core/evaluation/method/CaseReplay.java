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
 * Lets parts learn event after event and asks them every case in its turn. The order of asking is fixed by the
 * experiment, what is asked does not depend on the number of threads, and each case writes its own place: the same
 * input gives the same report.
 */
public final class CaseReplay {
    private CaseReplay() {}

    /** What to do with a case's answers. Called by several threads, once a case. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param index of the case
         * @param parts the roots, in the supplier's order
         */
        void visit(int index, Case c, List<? extends Scorer> parts, ScoreCache answers);
    }

    /**
     * @param roots    makes the parts to ask; called once a thread where learning goes on between cases
     * @param threads  at least 1
     * @param progress told the number of cases done, now and then
     */
    public static void run(
        EvaluationCases experiment, Supplier<? extends List<? extends Scorer>> roots, int threads, IntConsumer progress,
        Visitor visitor
    ) {
        AtomicInteger done = new AtomicInteger();
        List<Runnable> work = new ArrayList<>();
        if (experiment.learnsOnce() && experiment.cases().isEmpty() == false) {
            List<? extends Scorer> parts = roots.get();
            List<Scorer> all = closure(parts);
            int known = experiment.cases().get(0).known();
            List<Runnable> learning = all.stream()
                .<Runnable>map(part -> () -> learn(experiment, List.of(part), 0, known))
                .toList();
            all(learning, threads);
            for (int worker = 0; worker < threads; worker++) {
                int first = worker;
                work.add(() -> ask(experiment, parts, List.of(), first, threads, done, progress, visitor));
            }
        } else {
            for (int worker = 0; worker < threads; worker++) {
                int first = worker;
                work.add(() -> {
                    List<? extends Scorer> parts = roots.get();
                    ask(experiment, parts, closure(parts), first, threads, done, progress, visitor);
                });
            }
        }
        all(work, threads);
    }

    private static void ask(
        EvaluationCases experiment, List<? extends Scorer> parts, List<Scorer> learning, int first, int step,
        AtomicInteger done, IntConsumer progress, Visitor visitor
    ) {
        int known = 0;
        for (int i = first; i < experiment.cases().size(); i += step) {
            Case c = experiment.cases().get(i);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (learning.isEmpty() == false) {
                learn(experiment, learning, known, c.known());
                known = c.known();
            }
            visitor.visit(i, c, parts, new ScoreCache(experiment.data().items(), c));
            int count = done.incrementAndGet();
            if (count % 100 == 0) {
                progress.accept(count);
            }
        }
    }

    private static void learn(EvaluationCases experiment, List<Scorer> parts, int from, int to) {
        for (int event = from; event < to; event++) {
            if (experiment.held().get(event) == false) {
                for (Scorer part : parts) {
                    part.learn(event);
                }
            }
        }
    }

    /** Every part that is asked, directly or not, once. */
    private static List<Scorer> closure(List<? extends Scorer> roots) {
        Set<Scorer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Scorer> all = new ArrayList<>();
        roots.forEach(root -> collect(root, seen, all));
        return all;
    }

    private static void collect(Scorer part, Set<Scorer> seen, List<Scorer> all) {
        if (seen.add(part)) {
            all.add(part);
            part.parts().forEach(other -> collect(other, seen, all));
        }
    }

    private static void all(List<Runnable> work, int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            pool.each(work.size(), i -> work.get(i).run());
        }
    }
}
