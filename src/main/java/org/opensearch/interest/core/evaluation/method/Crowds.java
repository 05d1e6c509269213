package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.engagement.Crowd;
import org.opensearch.interest.core.engagement.EngagementLearner;
import org.opensearch.interest.core.engagement.Neighbour;
import org.opensearch.interest.core.engagement.OwnItem;
import org.opensearch.interest.core.engagement.PartsReading;
import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.ranking.PartWeights;
import org.opensearch.interest.core.ranking.Parts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all users together took up, through the very classes that a search uses. Scores nothing by itself; see {@link #reading}. */
public final class Crowds implements Part {
    private final Dataset data;
    private final double halfLife;
    private final EngagementLearner learner;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, List<Neighbour>> neighbours = new ConcurrentHashMap<>();
    private long events;
    private volatile Crowd crowd;

    /** @param halfLife of what lasts of an interest, in milliseconds */
    Crowds(Dataset data, double halfLife) {
        this.data = data;
        this.halfLife = halfLife;
        this.learner = new EngagementLearner(halfLife);
        for (int item = 0; item < data.items(); item++) {
            numbers.put(data.itemName(item), item);
        }
    }

    private boolean isTakenUp(int event) {
        return data.engaged(event) && data.weight(event) > 0;
    }

    @Override
    public void learn(int event) {
        events++;
        if (isTakenUp(event)) {
            learner.take(data.userName(data.user(event)), data.itemName(data.item(event)), data.time(event));
            crowd = null;
            neighbours.clear();
        }
    }

    @Override
    public void score(Case c, Answers answers, float[] into) {
        throw new UnsupportedOperationException("read it under weights");
    }

    /** What it says under weights, to be added to a z. */
    public Part reading(PartWeights weights) {
        return new Part() {
            @Override
            public void score(Case c, Answers answers, float[] into) {
                read(weights, c).items().forEach((item, parts) -> into[numbers.get(item)] = parts.sum());
            }

            @Override
            public List<Part> parts() {
                return List.of(Crowds.this);
            }
        };
    }

    private Parts read(PartWeights weights, Case c) {
        List<OwnItem> own = new ArrayList<>();
        for (int n = Math.max(0, c.seen() - PartsReading.EVENTS); n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            if (isTakenUp(event)) {
                own.add(new OwnItem(data.itemName(data.item(event)), data.time(event)));
            }
        }
        return new PartsReading(weights, crowd(c.at()), halfLife).of(own, this::neighbours, c.at());
    }

    /** All fade alike: one reading is that of any time. */
    private synchronized Crowd crowd(long at) {
        if (crowd == null) {
            crowd = learner.crowd(events, at);
        }
        return crowd;
    }

    private List<Neighbour> neighbours(String item) {
        return neighbours.computeIfAbsent(item, learner::neighbours);
    }
}
