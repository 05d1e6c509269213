package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.learning.TrackerTuning;
import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forms in which a report is stored. */
public final class ReportFormats {
    private ReportFormats() {}

    public static Report complete(Report found, Map<String, Object> protocol, List<String> notes) {
        return new Report(
            protocol, found.users(), found.items(), found.events(), found.cases(), found.methods(), found.baseline(),
            found.differences(), found.byHistory(), found.sweep(), List.copyOf(notes)
        );
    }

    /** Returns a report without figures; its notes say why it has none. */
    public static Report without(Dataset data, int users, Map<String, Object> protocol, List<String> notes) {
        return new Report(
            protocol, users, data.items(), data.events(), 0, Map.of(), "interest", Map.of(), Map.of(), Map.of(),
            List.copyOf(notes)
        );
    }

    public static String text(Report report, int k) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            new TextReport(report, k).print(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** @param proposal null if there is none */
    public static Map<String, Object> summary(Report report, int k, Map<String, Object> proposal) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("protocol", report.protocol().get("name"));
        summary.put("users", report.users());
        summary.put("cases", report.cases());
        summary.put("events", report.events());
        String metric = "ndcg@" + k;
        report.methods()
            .entrySet()
            .stream()
            .filter(method -> method.getValue().containsKey(metric))
            .max(Comparator.comparingDouble(method -> method.getValue().get(metric).value()))
            .ifPresent(best -> summary.put("best", Map.of(best.getKey(), Map.of(metric, best.getValue().get(metric)))));
        if (proposal != null) {
            summary.put("better_settings", proposal.get("better"));
            summary.put("applied", proposal.get("applied"));
        }
        return summary;
    }

    /** @param why one sentence; if the proposal was not applied, it gives the reason */
    public static Map<String, Object> proposal(
        TrackerTuning.Proposal proposal, String metric, boolean applied, String why
    ) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("settings", TrackerJson.reading(proposal.settings()));
        json.put("tried", proposal.tried());
        json.put("metric", metric);
        put(json, "before", proposal.before());
        put(json, "after", proposal.after());
        put(json, "shipped", proposal.shipped());
        put(json, "difference", proposal.difference());
        json.put("better", proposal.better());
        json.put("applied", applied);
        json.put("why", why);
        return json;
    }

    private static void put(Map<String, Object> json, String key, ConfidenceInterval interval) {
        if (interval != null) {
            json.put(key, interval);
        }
    }
}
