package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.engagement.BoostCalculator;
import org.opensearch.interest.core.engagement.EngagedItem;
import org.opensearch.interest.core.engagement.EngagementLearner;
import org.opensearch.interest.core.engagement.EngagementSnapshot;
import org.opensearch.interest.core.engagement.Neighbour;
import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.ItemBoosts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all users together took up, through the very classes that a search uses. Scores nothing by itself; see
 * {@link #reading}.
 */
public final class EngagementReplay implements Scorer {
    private final Dataset data;
    private final double halfLife;
    private final EngagementLearner learner;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, List<Neighbour>> neighbours = new ConcurrentHashMap<>();
    private long events;
    private volatile EngagementSnapshot snapshot;

    /** @param halfLife of what lasts of an interest, in milliseconds */
    EngagementReplay(Dataset data, double halfLife) {
        this.data = data;
        this.halfLife = halfLife;
        this.learner = new EngagementLearner(halfLife);
        for (int item = 0; item < data.items(); item++) {
            numbers.put(data.itemName(item), item);
        }
    }

    private boolean isEngagement(int event) {
        return data.engaged(event) && data.weight(event) > 0;
    }

    @Override
    public void learn(int event) {
        events++;
        if (isEngagement(event)) {
            learner.take(data.userName(data.user(event)), data.itemName(data.item(event)), data.time(event));
            snapshot = null;
            neighbours.clear();
        }
    }

    @Override
    public void score(Case c, ScoreCache answers, float[] into) {
        throw new UnsupportedOperationException("read it under weights");
    }

    /** What it says under weights, to be added to a z. */
    public Scorer reading(ComponentWeights weights) {
        return new Scorer() {
            @Override
            public void score(Case c, ScoreCache answers, float[] into) {
                read(weights, c).items().forEach((item, parts) -> into[numbers.get(item)] = parts.sum());
            }

            @Override
            public List<Scorer> parts() {
                return List.of(EngagementReplay.this);
            }
        };
    }

    private ItemBoosts read(ComponentWeights weights, Case c) {
        List<EngagedItem> own = new ArrayList<>();
        for (int n = Math.max(0, c.seen() - BoostCalculator.EVENTS); n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            if (isEngagement(event)) {
                own.add(new EngagedItem(data.itemName(data.item(event)), data.time(event)));
            }
        }
        return new BoostCalculator(weights, snapshot(c.at()), halfLife).of(own, this::neighbours, c.at());
    }

    /** All fade alike: one reading is that of any time. */
    private synchronized EngagementSnapshot snapshot(long at) {
        if (snapshot == null) {
            snapshot = learner.snapshot(events, at);
        }
        return snapshot;
    }

    private List<Neighbour> neighbours(String item) {
        return neighbours.computeIfAbsent(item, learner::neighbours);
    }
}
