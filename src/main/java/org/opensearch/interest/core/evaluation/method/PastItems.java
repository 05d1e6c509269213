package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;

/** Scores an item by how often the user engaged with it before; an engagement counts less the longer ago it was. */
public final class PastItems implements Scorer {
    private final Dataset data;
    private final double halfLife;

    /** @param halfLife in milliseconds; infinite for plain counts */
    public PastItems(Dataset data, double halfLife) {
        this.data = data;
        this.halfLife = halfLife;
    }

    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        for (int n = 0; n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            if (data.engaged(event)) {
                into[data.item(event)] += (float) Math.pow(2, -(c.at() - data.time(event)) / halfLife);
            }
        }
    }
}
