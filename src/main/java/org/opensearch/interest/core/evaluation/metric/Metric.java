package org.opensearch.interest.core.evaluation.metric;

import org.opensearch.interest.core.evaluation.method.ItemClusters;

import java.util.Locale;

/**
 * What is measured of one ranked list. All lie in [0,1] but novelty, which is in bits; more is better in all but the
 * last three, which describe.
 */
public enum Metric {
    /** whether a target is among the first k */
    HIT_RATE(true),
    /** Järvelin, Kekäläinen 2002, with gain 1 a target: Σ 1/log₂(1 + rank) over the best that was possible */
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
    /** how often a target ranks before another item */
    AUC(false),
    /** mean of 1 − cosine over the pairs of the first k; absent where items have no vectors */
    DIVERSITY(false),
    /** mean over the first k of −log₂ of the item's share of engagements */
    NOVELTY(false),
    /**
     * how far the kinds of items among the first k have the shares they have in the user's history:
     * {@link ItemClusters#overlap}
     */
    CALIBRATION(true);

    private final boolean cut;

    Metric(boolean cut) {
        this.cut = cut;
    }

    /** As reports name it: "ndcg@10" */
    public String name(int k) {
        String name = name().toLowerCase(Locale.ROOT);
        return cut ? name + "@" + k : name;
    }
}
