package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;

import java.util.List;

/**
 * Scores items for evaluation cases and learns from events as they happen. Between two calls of {@link #learn}, several
 * threads may call it at once.
 */
public interface Scorer {
    /** Learns one more event, in time order. Never receives an event later than the next case may know. */
    default void learn(int event) {}

    /**
     * Scores every item; a higher score means that the user engages with it next more likely.
     *
     * @param cache gives the scores of other scorers for the same case
     * @param into  one score per item, all zero at first; finite
     */
    void score(Case c, ScoreCache cache, float[] into);

    /** Returns the scorers whose scores or learned state this one uses. */
    default List<Scorer> inputs() {
        return List.of();
    }

    /**
     * Returns a scorer that reads the learned state of this one in another way. It learns nothing by itself, so that
     * many ways cost no more than one.
     */
    default Scorer readBy(Scorer reading) {
        List<Scorer> self = List.of(this);
        return new Scorer() {
            @Override
            public void score(Case c, ScoreCache cache, float[] into) {
                reading.score(c, cache, into);
            }

            @Override
            public List<Scorer> inputs() {
                return self;
            }
        };
    }
}
