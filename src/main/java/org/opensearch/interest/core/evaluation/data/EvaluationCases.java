package org.opensearch.interest.core.evaluation.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Evaluation cases of a protocol on a data set, and what may be known in each.
 *
 * @param protocol    name of the protocol
 * @param description one sentence, for the report
 * @param data        the events
 * @param cases       ordered by what may be known
 * @param held        events that no method learns from although they lie among the known ones: those that leave-one-out
 *                    leaves out
 * @param catalogue   the items that may be ranked if a case names none
 * @param repeats     whether items that the user engaged with before may be ranked
 * @param from        the cases are about this time and later, in milliseconds since 1970
 */
public record EvaluationCases(
    String protocol,
    String description,
    Dataset data,
    List<Case> cases,
    BitSet held,
    BitSet catalogue,
    boolean repeats,
    long from
) {
    /** Returns whether all cases may know the same events, so that learning ends before the first case. */
    public boolean learnsOnce() {
        return cases.isEmpty() || cases.get(0).known() == cases.get(cases.size() - 1).known();
    }

    /** Returns the items to rank for a case, ascending. */
    public int[] candidates(Case c) {
        if (c.candidates() != null) {
            return c.candidates();
        }
        BitSet allowed = catalogue;
        if (repeats == false) {
            allowed = (BitSet) catalogue.clone();
            allowed.andNot(seen(data, c));
        }
        return allowed.stream().toArray();
    }

    public static BitSet seen(Dataset data, Case c) {
        BitSet seen = new BitSet();
        for (int n = 0; n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            if (data.engaged(event)) {
                seen.set(data.item(event));
            }
        }
        return seen;
    }

    /** Returns the items of the user's earlier engagements, one per engagement. */
    public static int[] taken(Dataset data, Case c) {
        return IntStream.range(0, c.seen())
            .map(n -> data.own(c.user(), n))
            .filter(data::engaged)
            .map(data::item)
            .toArray();
    }

    /** Returns at most that many of the cases, drawn by the seed, in the same order. */
    public EvaluationCases sample(int most, long seed) {
        if (cases.size() <= most) {
            return this;
        }
        // selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S): one pass, every subset equally likely, order kept
        SplittableRandom random = new SplittableRandom(seed);
        Case[] chosen = new Case[most];
        int taken = 0;
        for (int i = 0; taken < most; i++) {
            if (random.nextInt(cases.size() - i) < most - taken) {
                chosen[taken++] = cases.get(i);
            }
        }
        return with(Arrays.asList(chosen));
    }

    /** Returns the cases with other candidates: the targets and that many other items, drawn by the seed. */
    public EvaluationCases sampledCandidates(int others, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return with(cases.stream().map(c -> {
            BitSet pool = new BitSet();
            Arrays.stream(candidates(c)).forEach(pool::set);
            Arrays.stream(c.targets()).forEach(pool::clear);
            int[] free = pool.stream().toArray();
            int count = Math.min(others, free.length);
            BitSet chosen = new BitSet();
            Arrays.stream(c.targets()).forEach(chosen::set);
            for (int i = 0; i < count; i++) {
                int j = i + random.nextInt(free.length - i);
                chosen.set(free[j]);
                free[j] = free[i];
            }
            return new Case(c.user(), c.at(), c.known(), c.seen(), c.targets(), chosen.stream().toArray());
        }).toList());
    }

    /** Returns the cases of at most that many users, drawn by the seed. */
    public EvaluationCases sampleUsers(int most, long seed) {
        int[] users = cases.stream().mapToInt(Case::user).distinct().sorted().toArray();
        if (users.length <= most) {
            return this;
        }
        SplittableRandom random = new SplittableRandom(seed);
        BitSet chosen = new BitSet();
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(users.length - i);
            chosen.set(users[j]);
            users[j] = users[i];
        }
        return with(cases.stream().filter(c -> chosen.get(c.user())).toList());
    }

    /**
     * Returns the cases with the given items of each user as candidates. Targets that are not on the user's list are
     * dropped; so are cases whose user has no list, or that have no target left.
     *
     * @param given by user, ascending
     */
    public EvaluationCases givenCandidates(Map<Integer, int[]> given) {
        return with(cases.stream().filter(c -> given.containsKey(c.user())).map(c -> {
            int[] list = given.get(c.user());
            int[] targets = Arrays.stream(c.targets())
                .filter(target -> Arrays.binarySearch(list, target) >= 0)
                .toArray();
            return new Case(c.user(), c.at(), c.known(), c.seen(), targets, list);
        }).filter(c -> c.targets().length > 0).toList());
    }

    /**
     * Returns these cases with candidate lists like those of other cases: as long on average, of items drawn as often
     * as they occur on the other lists, so that learning happens on cases of the same kind.
     */
    public EvaluationCases candidatesLike(EvaluationCases other, long seed) {
        List<int[]> lists = other.cases.stream().map(Case::candidates).filter(Objects::nonNull).toList();
        if (lists.isEmpty()) {
            return this;
        }
        int[] pool = lists.stream().flatMapToInt(Arrays::stream).toArray();
        int length = Math.max(2, pool.length / lists.size());
        SplittableRandom random = new SplittableRandom(seed);
        return with(cases.stream().map(c -> {
            BitSet chosen = new BitSet();
            Arrays.stream(c.targets()).forEach(chosen::set);
            BitSet seen = repeats ? new BitSet() : seen(data, c);
            for (int tries = 0; chosen.cardinality() < length && tries < 10 * length; tries++) {
                int item = pool[random.nextInt(pool.length)];
                if (seen.get(item) == false) {
                    chosen.set(item);
                }
            }
            return new Case(c.user(), c.at(), c.known(), c.seen(), c.targets(), chosen.stream().toArray());
        }).toList());
    }

    public EvaluationCases with(List<Case> others) {
        return new EvaluationCases(protocol, description, data, List.copyOf(others), held, catalogue, repeats, from);
    }
}
