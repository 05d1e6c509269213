package org.opensearch.interest.core.ranking;

import java.util.Objects;

/**
 * A topic that a user dislikes, in the form that scores items. Its penalty is strength · n · min(1, n / self) with n =
 * max(0, z): full for the disliked items themselves (n = self), a quarter of that for items with half of their z, and
 * almost nothing for less similar items.
 *
 * @param probe    the scoring direction of the negative evidence
 * @param self     the average z of that evidence itself, > 0
 * @param strength in [0,1]: by the amount of evidence and its kind
 */
public record NegativeTopic(ScoringDirection probe, float self, float strength) {
    public NegativeTopic {
        Objects.requireNonNull(probe, "probe");
        if ((self > 0f && Float.isFinite(self)) == false) {
            throw new IllegalArgumentException("self must be finite and above 0, but is [" + self + "]");
        }
        if ((strength >= 0f && strength <= 1f) == false) {
            throw new IllegalArgumentException("strength must be in [0,1], but is [" + strength + "]");
        }
    }

    /**
     * @param dot direction · x
     * @return the penalty in standard deviations, ≥ 0
     */
    public float penalty(float dot) {
        float n = Math.max(0f, probe.z(dot));
        return strength * n * Math.min(1f, n / self);
    }
}
