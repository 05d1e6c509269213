package org.opensearch.interest.core.experiment;

import java.util.Optional;

/**
 * Which of two is preferred, told from users who saw both: each has preferred one, or neither.
 *
 * @param wins   users who preferred the one
 * @param losses users who preferred the other
 * @param ties   users who took as much of both
 */
public record PairedPreference(long wins, long losses, long ties) {
    public PairedPreference {
        if (wins < 0 || losses < 0 || ties < 0) {
            throw new IllegalArgumentException("[" + wins + "] wins, [" + losses + "] losses and [" + ties + "] ties");
        }
    }

    /** Of those who preferred either. */
    public Optional<Proportion> share() {
        long decided = wins + losses;
        return decided == 0 ? Optional.empty()
            : Optional.of(Proportion.wilson((double) wins / decided, (double) decided));
    }

    /**
     * The exact two-sided sign test: how often coins would fall at least as unevenly as users decided, in (0,1]. Ties
     * say nothing. Costs a step a user on the smaller side.
     */
    public double p() {
        long decided = wins + losses;
        double logTerm = -decided * Math.log(2);
        // as logarithms: a coin's two thousandth power is too small for a number
        long fewer = Math.min(wins, losses);
        double logSum = logTerm;
        for (long k = 0; k < fewer; k++) {
            logTerm += Math.log((double) (decided - k) / (k + 1));
            logSum = logTerm + Math.log1p(Math.exp(logSum - logTerm));
        }
        return Math.min(1, 2 * Math.exp(logSum));
    }
}
