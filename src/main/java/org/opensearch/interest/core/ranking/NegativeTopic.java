package org.opensearch.interest.core.ranking;

import java.util.Objects;

/**
 * One thing a user turned down, ready to be held against items. Its penalty is strength · n · min(1, n / self) with n =
 * max(0, z): full for what was turned down itself (n = self), a quarter of it for what is half as like it, and next to
 * nothing for the rest of its field.
 *
 * @param probe    where the evidence against points
 * @param self     the z of that evidence itself, on average, > 0
 * @param strength in [0,1]: how much evidence there is, and of what kind
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
     * @param dot the probe's direction · x
     * @return in standard deviations, ≥ 0
     */
    public float penalty(float dot) {
        float n = Math.max(0f, probe.z(dot));
        return strength * n * Math.min(1f, n / self);
    }
}
