package org.opensearch.interest.core.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Operations on lists of decayed sums with one sum per half-life, shortest first. */
final class SumsByHalfLife {
    private SumsByHalfLife() {}

    static List<DecayedSum> plus(List<DecayedSum> sums, Evidence e, double weight) {
        DecayedSum added = DecayedSum.empty(e.halfLife(0)).plus(e, weight);
        List<DecayedSum> all = new ArrayList<>(sums);
        all.add(added);
        return joined(all);
    }

    /** Adds up the sums of the same half-life and leaves out empty ones. */
    static List<DecayedSum> joined(List<DecayedSum> sums) {
        List<DecayedSum> joined = new ArrayList<>();
        for (DecayedSum sum : sums) {
            int known = indexOf(sum.halfLife(), joined);
            if (known >= 0) {
                joined.set(known, joined.get(known).plus(sum));
            } else if (sum.isEmpty() == false) {
                joined.add(sum);
            }
        }
        joined.sort(Comparator.comparingLong(DecayedSum::halfLife));
        return joined;
    }

    /** The sum of that half-life; an empty sum if there is none. */
    static DecayedSum of(long halfLife, List<DecayedSum> sums) {
        int known = indexOf(halfLife, sums);
        return known < 0 ? DecayedSum.empty(halfLife) : sums.get(known);
    }

    static List<DecayedSum> without(long halfLife, List<DecayedSum> sums) {
        return sums.stream().filter(sum -> sum.halfLife() != halfLife).toList();
    }

    private static int indexOf(long halfLife, List<DecayedSum> sums) {
        for (int i = 0; i < sums.size(); i++) {
            if (sums.get(i).halfLife() == halfLife) {
                return i;
            }
        }
        return -1;
    }
}
