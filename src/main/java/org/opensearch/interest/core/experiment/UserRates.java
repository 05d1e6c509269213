package org.opensearch.interest.core.experiment;

import java.util.Optional;

/**
 * How often something succeeded, told from the counts of single users. Users are independent of each other and a user's
 * own trials are not: who clicks once, clicks again. So the variance is that of a ratio of two means over users (the
 * delta method; Deng, Knoblich and Lu, KDD 2018), and the interval Wilson's with as many trials as would have that
 * variance were they independent (the design effect; Kish 1965; Korn and Graubard, Survey Methodology 1998). Not for
 * several threads.
 */
public final class UserRates {
    private long users;
    private double trials;
    private double successes;
    private double trialsSquared;
    private double product;
    private double successesSquared;

    /**
     * One user, once.
     *
     * @param tried     ≥ 0; a user without a trial is not counted
     * @param succeeded in [0,tried]
     */
    public void add(long tried, long succeeded) {
        if (succeeded < 0 || tried < succeeded) {
            throw new IllegalArgumentException("[" + succeeded + "] successes in [" + tried + "] trials");
        }
        if (tried == 0) {
            return;
        }
        users++;
        trials += tried;
        successes += succeeded;
        trialsSquared += (double) tried * tried;
        product += (double) tried * succeeded;
        successesSquared += (double) succeeded * succeeded;
    }

    public long users() {
        return users;
    }

    public long trials() {
        return (long) trials;
    }

    public long successes() {
        return (long) successes;
    }

    /** Empty where nothing was tried. */
    public Optional<Proportion> rate() {
        return users == 0 ? Optional.empty() : Optional.of(Proportion.wilson(successes / trials, independentTrials()));
    }

    /**
     * How many independent trials say as much, in [1, trials]: no more than there were, though a sample may look so. If
     * all or none succeeded, the correlation within a user is unknown, and each user counts once.
     */
    double independentTrials() {
        double rate = successes / trials;
        double residuals = successesSquared - 2 * rate * product + rate * rate * trialsSquared;
        if (users < 2 || successes == 0 || successes == trials) {
            return users;
        }
        double variance = users / (users - 1.0) * Math.max(0, residuals) / (trials * trials);
        return variance == 0 ? trials : Math.clamp(rate * (1 - rate) / variance, 1, trials);
    }
}
