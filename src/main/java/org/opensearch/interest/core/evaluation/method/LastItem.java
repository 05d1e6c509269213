package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;

/** Items like the last one: raw cosine to it. */
final class LastItem implements Scorer {
    private final Dataset data;
    private final ItemVectorSpace space;

    LastItem(Dataset data, ItemVectorSpace space) {
        this.data = data;
        this.space = space;
    }

    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        for (int n = c.seen() - 1; n >= 0; n--) {
            int event = data.own(c.user(), n);
            float[] vector = data.engaged(event) ? space.vector(data, event) : null;
            if (vector != null) {
                space.plain().products(vector, into);
                return;
            }
        }
    }
}
