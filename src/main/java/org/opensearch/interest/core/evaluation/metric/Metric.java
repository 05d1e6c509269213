package org.opensearch.interest.core.evaluation.metric;

import org.opensearch.interest.core.evaluation.method.ItemClusters;

import java.util.Locale;

/**
 * Metrics of one ranked list. All lie in [0,1] except novelty, which is in bits. Higher is better for all except the
 * last three, which describe the list.
 */
public enum Metric {
    /** 1 if a target is among the first k, else 0 */
    HIT_RATE(true),
    /** Järvelin, Kekäläinen 2002, with gain 1 per target: Σ 1/log₂(1 + rank), divided by the largest possible sum */
    NDCG(true),
    /** 1 / rank of the first target, anywhere in the list */
    MRR(false),
    /** share of the targets among the first k */
    RECALL(true),
    /** share of the first k that are targets */
    PRECISION(true),
    /** harmonic mean of precision and recall */
    F1(true),
    /** mean over the targets of the precision at their ranks, among the first k; over min(k, targets) */
    MAP(true),
    /** share of the pairs of a target and another item in which the target ranks higher */
    AUC(false),
    /** mean of 1 − cosine over the pairs of the first k; absent if items have no vectors */
    DIVERSITY(false),
    /** mean over the first k of −log₂ of the item's share of engagements */
    NOVELTY(false),
    /**
     * overlap of the clusters' shares among the first k with their shares in the user's history:
     * {@link ItemClusters#overlap}
     */
    CALIBRATION(true);

    private final boolean cut;

    Metric(boolean cut) {
        this.cut = cut;
    }

    /** Returns the name in reports: "ndcg@10" */
    public String name(int k) {
        String name = name().toLowerCase(Locale.ROOT);
        return cut ? name + "@" + k : name;
    }
}
