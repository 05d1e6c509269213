package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Specification of an evaluation, from a command line or for a tracker, and its description in a report.
 *
 * @param protocol   split, rolling or leave-one-out, whatever joins the words: a report shows this name
 * @param split      milliseconds since 1970; null for the time by which nine tenths of the events have happened
 * @param until      events from this time on are ignored
 * @param repeats    whether items that a user engaged with before may be targets; null if the data decide
 * @param unsold     whether a split ranks items without an engagement before it
 * @param given      by user, the items to rank, ascending; null if none are given
 * @param candidates number of other items to rank with the targets; 0 for all
 * @param users      largest number of users; 0 for a limit that depends on the number of items
 * @param most       largest number of cases
 * @param k          length of the measured lists
 * @param seed       of all random draws
 */
public record EvaluationSpec(
    String protocol,
    Long split,
    long until,
    Boolean repeats,
    boolean unsold,
    Map<Integer, int[]> given,
    int candidates,
    int users,
    int most,
    int k,
    long seed
) {
    private static final int EARLIER_EVENTS = 5;
    /** More users hardly shrink the intervals. */
    private static final int MOST_USERS = 20_000;
    private static final int FEWEST_USERS = 2_000;
    /**
     * Scores that a method may compute unless more users are asked for, some minutes: with more items, fewer users.
     */
    private static final int MOST_SCORES = 100_000_000;

    /**
     * Makes the evaluation cases.
     *
     * @param data  with at least one event
     * @param notes receives notes on what was left out
     */
    public EvaluationCases ask(Dataset data, List<String> notes) {
        // given candidates already decide which items may be targets
        boolean repeatsAllowed = repeats != null ? repeats : given != null || Protocols.repeatsHappen(data);
        EvaluationCases evaluationCases = switch (protocol) {
            case "split" -> Protocols.split(data, from(data), until, repeatsAllowed, unsold);
            case "rolling" -> Protocols.rolling(data, from(data), until, EARLIER_EVENTS, repeatsAllowed);
            default -> Protocols.leaveOneOut(data, 0, repeatsAllowed);
        };
        int before = evaluationCases.cases().size();
        if (given != null) {
            evaluationCases = evaluationCases.givenCandidates(given);
            if (evaluationCases.cases().size() < before) {
                int left = before - evaluationCases.cases().size();
                notes.add(
                    "[" + left + "] users were left out: they have no candidates, or none that they engaged with next"
                );
            }
        }
        long all = users(evaluationCases);
        int wanted = users > 0 ? users : Math.clamp(MOST_SCORES / data.items(), FEWEST_USERS, MOST_USERS);
        evaluationCases = evaluationCases.sampleUsers(wanted, seed);
        if (all > wanted) {
            notes.add("[" + wanted + "] of [" + all + "] users were drawn by the seed: [users] asks for more");
        }
        if (evaluationCases.cases().size() > most) {
            notes.add(
                "[" + most + "] of [" + evaluationCases.cases().size()
                    + "] cases were drawn by the seed: more are never ranked"
            );
            evaluationCases = evaluationCases.sample(most, seed);
        }
        return candidates > 0 && given == null ? evaluationCases.sampledCandidates(candidates, seed) : evaluationCases;
    }

    /** Returns the number of users that have a case. */
    public static int users(EvaluationCases evaluationCases) {
        return (int) evaluationCases.cases().stream().mapToInt(Case::user).distinct().count();
    }

    /** Returns the time of the split. */
    public long from(Dataset data) {
        return split != null ? split : data.time((int) (data.events() * 0.9));
    }

    public Map<String, Object> describe(EvaluationCases evaluationCases) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", protocol);
        description.put("description", evaluationCases.description());
        if (evaluationCases.protocol().equals("leave-one-out") == false) {
            description.put("split", Instant.ofEpochMilli(evaluationCases.from()).toString());
        }
        if (until != Long.MAX_VALUE) {
            description.put("until", Instant.ofEpochMilli(until).toString());
        }
        description.put("repeats", evaluationCases.repeats());
        description.put(
            "candidates",
            given != null ? "given" : candidates > 0 ? "the targets and " + candidates + " sampled others" : "all"
        );
        description.put("k", k);
        description.put("seed", seed);
        return description;
    }
}
