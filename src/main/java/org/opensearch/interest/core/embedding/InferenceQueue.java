package org.opensearch.interest.core.embedding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Texts that wait their turn, first come first served, with a bound on how many, and the callers that take them.
 * Guarded by the scheduler's lock.
 */
final class InferenceQueue {
    private final ArrayDeque<PendingText> turns = new ArrayDeque<>();
    private final int capacity;
    private final int callers;
    /** places kept for texts whose model still loads */
    private int reserved;
    private int running;

    InferenceQueue(int capacity, int callers) {
        this.capacity = capacity;
        this.callers = callers;
    }

    /**
     * Keeps places for texts whose model may still be loading. A request that finds the lane empty is never too large
     * for it.
     */
    boolean reserve(int texts) {
        if (waiting() > 0 && texts > capacity - waiting()) {
            return false;
        }
        reserved += texts;
        return true;
    }

    void release(int texts) {
        reserved -= texts;
    }

    void add(PendingText turn) {
        turns.add(turn);
    }

    int waiting() {
        return reserved + turns.size();
    }

    /** How many more callers are of use; they are running from now on. */
    int hire() {
        int more = Math.min(callers - running, turns.size());
        running += more;
        return more;
    }

    void leave(int callers) {
        running -= callers;
    }

    boolean unattended() {
        return running == 0;
    }

    /**
     * The next texts for one caller: one, or as many as their model likes to be given together; but not those that
     * another idle caller could take. None where nothing waits.
     *
     * @param dropped receives the texts that no request waits for any more
     */
    List<PendingText> take(List<PendingText> dropped) {
        List<PendingText> taken = new ArrayList<>(1);
        int most = 1;
        while (taken.size() < most && turns.isEmpty() == false) {
            PendingText next = turns.peek();
            if (taken.isEmpty() == false && next.key().goesWith(taken.get(0).key()) == false) {
                break;
            }
            turns.remove();
            if (next.start() == false) {
                continue;
            }
            if (next.over()) {
                dropped.add(next);
                continue;
            }
            if (taken.isEmpty()) {
                most = Math.clamp((turns.size() + callers) / callers, 1, next.encoder().batch());
            }
            taken.add(next);
        }
        return taken;
    }

    /** Removes all matching texts that no thread took. */
    List<PendingText> drain(Predicate<PendingText> which) {
        List<PendingText> drained = turns.stream().filter(which).filter(PendingText::start).toList();
        turns.removeIf(which);
        return drained;
    }
}
