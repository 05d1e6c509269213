package org.opensearch.interest.evaluate;

import org.opensearch.interest.evaluation.Dataset;
import org.opensearch.interest.evaluation.Experiment;
import org.opensearch.interest.evaluation.Protocols;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The questions that a request asks of a tracker's data, and how a report describes them. */
final class Questions {
    /** A hundred numbers a case for twenty methods: some tens of megabytes. */
    static final int MOST_CASES = 20_000;
    private static final int EARLIER_EVENTS = 5;

    private Questions() {}

    /** @param data with at least one event */
    static Experiment ask(Dataset data, EvaluateOptions options, List<String> notes) {
        boolean repeats = options.repeats() != null ? options.repeats() : Protocols.repeatsHappen(data);
        long split = options.split() != null ? options.split() : data.time((int) (data.events() * 0.9));
        Experiment experiment = switch (options.protocol()) {
            // items that nobody took up yet are ranked like all others: a search finds them as well
            case "split" -> Protocols.split(data, split, options.until(), repeats, true);
            case "rolling" -> Protocols.rolling(data, split, options.until(), EARLIER_EVENTS, repeats);
            default -> Protocols.leaveOneOut(data, 0, repeats);
        };
        int all = experiment.cases().size();
        experiment = experiment.sampleUsers(options.users(), options.seed()).sample(MOST_CASES, options.seed());
        if (experiment.cases().size() < all) {
            notes.add("[" + experiment.cases().size() + "] of [" + all + "] cases were drawn by the seed: [users] asks for more");
        }
        return options.candidates() > 0 ? experiment.sampledCandidates(options.candidates(), options.seed()) : experiment;
    }

    static Map<String, Object> describe(Experiment experiment, EvaluateOptions options) {
        Map<String, Object> protocol = new LinkedHashMap<>();
        protocol.put("name", options.protocol());
        protocol.put("description", experiment.description());
        if (options.protocol().equals("leave_one_out") == false) {
            protocol.put("split", Instant.ofEpochMilli(experiment.from()).toString());
        }
        if (options.since() > 0) {
            protocol.put("since", Instant.ofEpochMilli(options.since()).toString());
        }
        if (options.until() != Long.MAX_VALUE) {
            protocol.put("until", Instant.ofEpochMilli(options.until()).toString());
        }
        protocol.put("repeats", experiment.repeats());
        protocol.put("candidates", options.candidates() > 0 ? "the targets and " + options.candidates() + " sampled others" : "all");
        protocol.put("k", options.k());
        protocol.put("seed", options.seed());
        protocol.put("events", options.events() == null ? "the tracker's" : "given");
        return protocol;
    }
}
