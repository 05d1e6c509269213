package org.opensearch.interest.core.evaluation.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** Protocols that turn recorded events into evaluation cases about the future. */
public final class Protocols {
    /** Largest number of cases of one user, if there are few users. */
    private static final int MOST_CASES_OF_USER = 16;

    /** Number of validation cases that suffices to choose parameters. */
    public static final int ENOUGH_CASES = 200;

    private Protocols() {}

    /**
     * Strict in time: everything before the split is known. Each user known by then has one case, whose targets are all
     * items (a basket) of the user's first time after the split.
     *
     * @param split   milliseconds since 1970
     * @param until   events from this time on are ignored
     * @param repeats whether items that a user engaged with before may be targets
     * @param unsold  whether items without an event before the split may be ranked and be targets
     */
    public static EvaluationCases split(Dataset data, long split, long until, boolean repeats, boolean unsold) {
        int known = data.before(split);
        BitSet rankable = new BitSet(data.items());
        rankable.set(0, unsold ? data.items() : 0);
        for (int e = 0; e < known; e++) {
            if (data.engaged(e)) {
                rankable.set(data.item(e));
            }
        }
        List<Case> cases = new ArrayList<>();
        for (int u = 0; u < data.users(); u++) {
            int seen = data.ownAmong(u, known);
            int[] targets = nextItems(data, u, seen, until, rankable, repeats);
            if (targets.length > 0) {
                cases.add(new Case(u, split, known, seen, targets, null));
            }
        }
        String description = "strict in time: trained on all events before the split; asked for all items of each known user's first time after it; "
            + (repeats ? "repeats allowed" : "only items new to the user")
            + (unsold ? "" : "; only items with an event before the split");
        return new EvaluationCases("split", description, data, cases, new BitSet(), rankable, repeats, split);
    }

    private static int[] nextItems(Dataset data, int u, int seen, long until, BitSet rankable, boolean repeats) {
        BitSet before = EvaluationCases.seen(data, new Case(u, 0, 0, seen, null, null));
        BitSet next = new BitSet();
        long moment = Long.MIN_VALUE;
        for (int n = before.isEmpty() ? data.count(u) : seen; n < data.count(u); n++) {
            int event = data.own(u, n);
            if (data.time(event) >= until || (moment != Long.MIN_VALUE && data.time(event) != moment)) {
                break;
            }
            if (data.engaged(event)) {
                moment = data.time(event);
                next.set(data.item(event));
            }
        }
        next.and(rankable);
        if (repeats == false) {
            next.andNot(before);
        }
        return next.stream().toArray();
    }

    /**
     * Strict in time, event by event: every event from a time on is a target if its user has enough earlier ones, and
     * everything strictly earlier is known.
     *
     * @param from    milliseconds since 1970
     * @param until   events from this time on are ignored
     * @param history number of earlier events that a user must have
     */
    public static EvaluationCases rolling(Dataset data, long from, long until, int history, boolean repeats) {
        List<Case> cases = new ArrayList<>();
        int known = 0;
        long moment = Long.MIN_VALUE;
        for (int e = data.before(from); e < data.events() && data.time(e) < until; e++) {
            if (data.time(e) != moment) {
                moment = data.time(e);
                known = e;
            }
            int seen = data.ownAmong(data.user(e), known);
            if (data.engaged(e) && seen >= history) {
                Case c = new Case(data.user(e), moment, known, seen, new int[]{ data.item(e) }, null);
                if (repeats || EvaluationCases.seen(data, c).get(data.item(e)) == false) {
                    cases.add(c);
                }
            }
        }
        String description = "strict in time, event by event: trained on all strictly earlier events; every event of a user with at least "
            + history + " earlier ones is asked for, " + (repeats ? "repeats allowed" : "only items new to the user");
        return new EvaluationCases("rolling", description, data, cases, new BitSet(), allItems(data), repeats, from);
    }

    /**
     * Each user's last item is the target, and all other events of all users are known. Not strict in time: methods
     * that learn from all users see what others did after the time of the case.
     *
     * @param skip number of each user's last engagements to ignore; 0 for the test, 1 for choosing parameters
     */
    public static EvaluationCases leaveOneOut(Dataset data, int skip, boolean repeats) {
        return leaveLastOut(data, skip, 1, repeats);
    }

    /**
     * Like {@link #leaveOneOut}, with more cases per user: each of the last engagements except those skipped is a
     * target, and no method learns from any of them. A user with few events has fewer cases, so that half of the events
     * stay known.
     */
    private static EvaluationCases leaveLastOut(Dataset data, int skip, int most, boolean repeats) {
        BitSet held = new BitSet(data.events());
        List<Case> cases = new ArrayList<>();
        for (int u = 0; u < data.users(); u++) {
            int skipped = 0;
            int chosen = 0;
            int enough = Math.clamp((data.count(u) - skip) / 2, 1, most);
            for (int n = data.count(u) - 1; n > 0 && chosen < enough; n--) {
                int event = data.own(u, n);
                held.set(event);
                if (data.engaged(event) && ++skipped > skip) {
                    chosen++;
                    Case c = new Case(u, data.time(event), data.events(), n, new int[]{ data.item(event) }, null);
                    BitSet before = EvaluationCases.seen(data, c);
                    if (before.isEmpty() == false && (repeats || before.get(data.item(event)) == false)) {
                        cases.add(c);
                    }
                }
            }
        }
        String description = "leave one out: each user's last item is asked for, trained on all other events of all users, "
            + "later ones of others included (not strict in time), "
            + (repeats ? "repeats allowed" : "only items new to the user");
        long from = data.events() == 0 ? 0 : data.time(0);
        return new EvaluationCases("leave-one-out", description, data, cases, held, allItems(data), repeats, from);
    }

    private static BitSet allItems(Dataset data) {
        BitSet all = new BitSet(data.items());
        all.set(0, data.items());
        return all;
    }

    /** Returns whether users come back to the same items: at least one engagement in twenty is a repeat. */
    public static boolean repeatsHappen(Dataset data) {
        long repeats = 0;
        long engagements = 0;
        for (int u = 0; u < data.users(); u++) {
            BitSet seen = new BitSet();
            for (int n = 0; n < data.count(u); n++) {
                int event = data.own(u, n);
                if (data.engaged(event)) {
                    engagements++;
                    repeats += seen.get(data.item(event)) ? 1 : 0;
                    seen.set(data.item(event));
                }
            }
        }
        return repeats * 20 >= engagements && repeats > 0;
    }

    /**
     * Applies the same protocol one step earlier, only to events that the test cases may learn from. Parameters are
     * chosen on these cases.
     *
     * <p>The step is as long as the test period, but at least a twentieth and at most a third of the training time. It
     * is doubled, up to half of the training time, until there are enough cases.
     */
    public static EvaluationCases validation(EvaluationCases test, int enough) {
        Dataset data = test.data();
        if (test.protocol().equals("leave-one-out")) {
            EvaluationCases found = leaveOneOut(data, 1, test.repeats());
            for (int most = 2; found.cases().size() < enough && most <= MOST_CASES_OF_USER; most *= 2) {
                found = leaveLastOut(data, 1, most, test.repeats());
            }
            return found;
        }
        long start = data.events() == 0 ? 0 : data.time(0);
        long end = data.events() == 0 ? 0 : data.time(data.events() - 1);
        long trained = Math.max(1, test.from() - start);
        Function<Long, EvaluationCases> earlier = from -> test.protocol().equals("split")
            ? split(data, from, test.from(), test.repeats(), test.catalogue().cardinality() == data.items())
            : rolling(data, from, test.from(), 5, test.repeats());
        long step = Math.clamp(end - test.from(), Math.max(1, trained / 20), Math.max(1, trained / 3));
        EvaluationCases found = earlier.apply(test.from() - step);
        while (found.cases().size() < enough && step < trained / 2) {
            step = Math.min(2 * step, trained / 2);
            found = earlier.apply(test.from() - step);
        }
        return found.cases().size() < enough && test.protocol().equals("split") ? baskets(found, test.from()) : found;
    }

    /**
     * Uses every basket of every user and not only the first, which gives more cases if there are few users. Each case
     * knows what is strictly earlier.
     */
    private static EvaluationCases baskets(EvaluationCases split, long until) {
        Dataset data = split.data();
        List<Case> cases = new ArrayList<>();
        int first = data.before(split.from());
        int end = data.before(until);
        for (int e = first; e < end; e++) {
            int known = data.before(data.time(e));
            int seen = data.ownAmong(data.user(e), known);
            boolean starts = data.own(data.user(e), seen) == e;
            int[] targets = starts
                ? nextItems(data, data.user(e), seen, data.time(e) + 1, split.catalogue(), split.repeats())
                : new int[0];
            if (targets.length > 0) {
                cases.add(new Case(data.user(e), data.time(e), known, seen, targets, null));
            }
        }
        return split.with(cases);
    }
}
