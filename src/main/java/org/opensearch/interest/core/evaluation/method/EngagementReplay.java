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
 * Engagements of all users, through the same classes that a search uses. Has no scores of its own; see
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

    /** @param halfLife of long-term interest, in milliseconds */
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
    public void score(Case c, ScoreCache cache, float[] into) {
        throw new UnsupportedOperationException("an engagement replay has no scores of its own: use reading(weights)");
    }

    /** Returns a scorer that gives each item's boost under component weights, to be added to a z-score. */
    public Scorer reading(ComponentWeights weights) {
        return new Scorer() {
            @Override
            public void score(Case c, ScoreCache cache, float[] into) {
                boosts(weights, c).items().forEach((item, boost) -> into[numbers.get(item)] = boost.sum());
            }

            @Override
            public List<Scorer> inputs() {
                return List.of(EngagementReplay.this);
            }
        };
    }

    private ItemBoosts boosts(ComponentWeights weights, Case c) {
        List<EngagedItem> own = new ArrayList<>();
        for (int n = Math.max(0, c.seen() - BoostCalculator.EVENTS); n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            if (isEngagement(event)) {
                own.add(new EngagedItem(data.itemName(data.item(event)), data.time(event)));
            }
        }
        return new BoostCalculator(weights, snapshot(c.at()), halfLife).of(own, this::neighbours, c.at());
    }

    /** Returns a snapshot that serves any time, since all engagements decay alike. */
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
