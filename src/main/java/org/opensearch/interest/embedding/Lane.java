package org.opensearch.interest.embedding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Requests that wait their turn, first come first served, with a bound on their texts. Guarded by the scheduler's lock. */
final class Lane {
    private final ArrayDeque<EmbeddingJob> jobs = new ArrayDeque<>();
    private final int capacity;
    private int waiting;

    Lane(int capacity) {
        this.capacity = capacity;
    }

    /** Keeps places for texts whose model may still be loading. A request that finds the lane empty is never too large for it. */
    boolean reserve(int texts) {
        if (waiting > 0 && texts > capacity - waiting) {
            return false;
        }
        waiting += texts;
        return true;
    }

    void release(int texts) {
        waiting -= texts;
    }

    /** The job's places have been reserved. */
    void add(EmbeddingJob job) {
        jobs.add(job);
    }

    /** The job that a text is to be taken from, or null. */
    EmbeddingJob head() {
        while (jobs.isEmpty() == false) {
            EmbeddingJob job = jobs.peek();
            if (job.left() > 0 && job.over() == false) {
                return job;
            }
            waiting -= job.left();
            jobs.remove();
        }
        return null;
    }

    /** Starts one text of the head. */
    int start(EmbeddingJob head) {
        waiting--;
        return head.start();
    }

    int waiting() {
        return waiting;
    }

    /** Takes out all that wait. */
    List<EmbeddingJob> drain() {
        List<EmbeddingJob> drained = new ArrayList<>(jobs);
        drained.forEach(job -> waiting -= job.left());
        jobs.clear();
        return drained;
    }
}
