package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * One opinion about items: learns from events as they happen and scores all items for a case. Between two calls of
 * {@link #learn} it may be asked by several threads at once.
 */
public interface Scorer {
    /** One event more, in time order. Never one that lies after what the next case may know. */
    default void learn(int event) {}

    /**
     * Scores every item, higher for what comes next more likely.
     *
     * @param answers what other parts say about the same case
     * @param into    one score an item, all zero; finite
     */
    void score(Case c, ScoreCache answers, float[] into);

    /** The parts that this one asks. */
    default List<Scorer> parts() {
        return List.of();
    }

    /**
     * This part's memory, read in another way. What reads it learns nothing by itself, so that many ways cost no more
     * than one.
     */
    default Scorer readBy(Scorer reading) {
        List<Scorer> memory = List.of(this);
        return new Scorer() {
            @Override
            public void score(Case c, ScoreCache answers, float[] into) {
                reading.score(c, answers, into);
            }

            @Override
            public List<Scorer> parts() {
                return memory;
            }
        };
    }
}
