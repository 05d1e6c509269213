package org.opensearch.interest.core.evaluation.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** The ways to turn recorded events into questions about the future. */
public final class Protocols {
    /** Where there are few users, how often each may be asked. */
    private static final int MOST_QUESTIONS = 16;

    /** Enough cases of a validation period to choose parameters by. */
    public static final int ENOUGH_CASES = 200;

    private Protocols() {}

    /**
     * Strict in time: everything before the split is known, and each user known by then is asked for what they took up
     * at the first time after it, all items of that moment (a basket) together.
     *
     * @param split   milliseconds since 1970
     * @param until   later events do not exist
     * @param repeats whether what a user took up before may be asked for
     * @param unsold  whether items without an event before the split may be ranked and asked for
     */
    public static EvaluationCases split(Dataset data, long split, long until, boolean repeats, boolean unsold) {
        int known = data.before(split);
        BitSet onSale = new BitSet(data.items());
        onSale.set(0, unsold ? data.items() : 0);
        for (int e = 0; e < known; e++) {
            if (data.engaged(e)) {
                onSale.set(data.item(e));
            }
        }
        List<Case> cases = new ArrayList<>();
        for (int u = 0; u < data.users(); u++) {
            int seen = data.ownAmong(u, known);
            int[] targets = nextItems(data, u, seen, until, onSale, repeats);
            if (targets.length > 0) {
                cases.add(new Case(u, split, known, seen, targets, null));
            }
        }
        String description = "strict in time: trained on all events before the split; asked for all items of each known user's first time after it; "
            + (repeats ? "repeats allowed" : "only items new to the user")
            + (unsold ? "" : "; only items with an event before the split");
        return new EvaluationCases("split", description, data, cases, new BitSet(), onSale, repeats, split);
    }

    private static int[] nextItems(Dataset data, int u, int seen, long until, BitSet onSale, boolean repeats) {
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
        next.and(onSale);
        if (repeats == false) {
            next.andNot(before);
        }
        return next.stream().toArray();
    }

    /**
     * Strict in time, event by event: every event from a time on, of a user with enough earlier ones, is asked for, and
     * everything strictly earlier is known.
     *
     * @param from    milliseconds since 1970
     * @param until   later events do not exist
     * @param history how many earlier events a user must have
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
        return new EvaluationCases("rolling", description, data, cases, new BitSet(), every(data), repeats, from);
    }

    /**
     * Each user's last item is asked for, and all other events of everybody are known. Not strict in time: methods that
     * learn from all users see what others did after the moment in question.
     *
     * @param skip how many of each user's last engagements do not exist; 0 for the test, 1 for choosing parameters
     */
    public static EvaluationCases leaveOneOut(Dataset data, int skip, boolean repeats) {
        return leaveLastOut(data, skip, 1, repeats);
    }

    /**
     * As {@link #leaveOneOut}, for more questions a user: each of the last engagements but those skipped is asked for,
     * and nobody learns from any of them. A user of whom little is known is asked less often, so that half of it stays.
     */
    private static EvaluationCases leaveLastOut(Dataset data, int skip, int most, boolean repeats) {
        BitSet held = new BitSet(data.events());
        List<Case> cases = new ArrayList<>();
        for (int u = 0; u < data.users(); u++) {
            int skipped = 0;
            int asked = 0;
            int enough = Math.clamp((data.count(u) - skip) / 2, 1, most);
            for (int n = data.count(u) - 1; n > 0 && asked < enough; n--) {
                int event = data.own(u, n);
                held.set(event);
                if (data.engaged(event) && ++skipped > skip) {
                    asked++;
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
        return new EvaluationCases("leave-one-out", description, data, cases, held, every(data), repeats, from);
    }

    private static BitSet every(Dataset data) {
        BitSet all = new BitSet(data.items());
        all.set(0, data.items());
        return all;
    }

    /** Whether people come back to the same items: at least one engagement in twenty is a repeat. */
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
     * The same protocol one step earlier, on nothing but what the experiment may learn from: where parameters are
     * chosen.
     *
     * <p>The step is as long as the test reaches, but a twentieth of the training time at least and a third at most,
     * and twice as long as often as it takes to find enough cases.
     */
    public static EvaluationCases validation(EvaluationCases test, int enough) {
        Dataset data = test.data();
        if (test.protocol().equals("leave-one-out")) {
            EvaluationCases found = leaveOneOut(data, 1, test.repeats());
            for (int most = 2; found.cases().size() < enough && most <= MOST_QUESTIONS; most *= 2) {
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
     * Every basket of every user and not the first alone: more questions where there are few users. Each knows what is
     * strictly earlier.
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
