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
 * What is asked of recorded events, on a command line or of a tracker, and how a report describes it.
 *
 * @param protocol   split, rolling or leave-one-out, however its words are joined: a report calls it by this name
 * @param split      milliseconds since 1970; null for the time by which nine tenths of the events have happened
 * @param until      later events do not exist
 * @param repeats    whether items a user took up before may be asked for; null where the data decide
 * @param unsold     whether a split ranks items that nobody took up before it
 * @param given      by user, the items to rank, ascending; null where nobody says
 * @param candidates how many others to rank with the targets; 0 for all
 * @param users      at most how many are asked; 0 for what patience allows
 * @param most       cases at most
 * @param k          length of the lists measured
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
    /** Beyond, intervals hardly shrink. */
    private static final int MOST_USERS = 20_000;
    private static final int FEWEST_USERS = 2_000;
    /** Scores that a method may give unless somebody asks for more, some minutes: with more items, fewer users. */
    private static final int PATIENCE = 100_000_000;

    /**
     * @param data  with at least one event
     * @param notes gets what was left out
     */
    public EvaluationCases ask(Dataset data, List<String> notes) {
        // a given list says by itself what may be asked for
        boolean again = repeats != null ? repeats : given != null || Protocols.repeatsHappen(data);
        EvaluationCases experiment = switch (protocol) {
            case "split" -> Protocols.split(data, from(data), until, again, unsold);
            case "rolling" -> Protocols.rolling(data, from(data), until, EARLIER_EVENTS, again);
            default -> Protocols.leaveOneOut(data, 0, again);
        };
        int before = experiment.cases().size();
        if (given != null) {
            experiment = experiment.givenCandidates(given);
            if (experiment.cases().size() < before) {
                int left = before - experiment.cases().size();
                notes
                    .add("[" + left + "] users were left out: they have no candidates, or none that they took up next");
            }
        }
        long all = users(experiment);
        int wanted = users > 0 ? users : Math.clamp(PATIENCE / data.items(), FEWEST_USERS, MOST_USERS);
        experiment = experiment.sampleUsers(wanted, seed);
        if (all > wanted) {
            notes.add("[" + wanted + "] of [" + all + "] users were drawn by the seed: [users] asks for more");
        }
        if (experiment.cases().size() > most) {
            notes.add(
                "[" + most + "] of [" + experiment.cases().size() + "] cases were drawn by the seed, which is plenty"
            );
            experiment = experiment.sample(most, seed);
        }
        return candidates > 0 && given == null ? experiment.sampledCandidates(candidates, seed) : experiment;
    }

    /** How many users an experiment asks. */
    public static int users(EvaluationCases experiment) {
        return (int) experiment.cases().stream().mapToInt(Case::user).distinct().count();
    }

    /** When a split is made. */
    public long from(Dataset data) {
        return split != null ? split : data.time((int) (data.events() * 0.9));
    }

    public Map<String, Object> describe(EvaluationCases experiment) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("name", protocol);
        description.put("description", experiment.description());
        if (experiment.protocol().equals("leave-one-out") == false) {
            description.put("split", Instant.ofEpochMilli(experiment.from()).toString());
        }
        if (until != Long.MAX_VALUE) {
            description.put("until", Instant.ofEpochMilli(until).toString());
        }
        description.put("repeats", experiment.repeats());
        description.put(
            "candidates",
            given != null ? "given" : candidates > 0 ? "the targets and " + candidates + " sampled others" : "all"
        );
        description.put("k", k);
        description.put("seed", seed);
        return description;
    }
}
