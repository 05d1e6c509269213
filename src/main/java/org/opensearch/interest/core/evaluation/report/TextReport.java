package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Report for terminals: plain text, methods from best to worst. */
public final class TextReport {
    private final Report report;
    private final int k;

    public TextReport(Report report, int k) {
        this.report = report;
        this.k = k;
    }

    public void print(PrintStream out) {
        out.println(
            report.users() + " users, " + report.cases() + " cases, " + report.items() + " items, " + report.events()
                + " events"
        );
        report.protocol().forEach((name, value) -> out.println("  " + name + ": " + value));
        report.notes().forEach(note -> out.println("  note: " + note));
        out.println();
        List<String> metrics = List.of(
            "ndcg@" + k, "hit_rate@" + k, "recall@" + k, "mrr", "map@" + k, "auc", "coverage", "diversity", "novelty",
            "calibration@" + k, "mae", "rmse"
        );
        out.printf(Locale.ROOT, "%-24s %-24s", "method", metrics.get(0) + " [95 %]");
        metrics.stream().skip(1).forEach(metric -> out.printf(Locale.ROOT, " %11s", metric));
        out.printf(Locale.ROOT, "  %s%n", report.baseline() + " less it [95 %]");
        List<Map.Entry<String, Map<String, ConfidenceInterval>>> sorted = report.methods()
            .entrySet()
            .stream()
            .sorted(Comparator.comparingDouble(entry -> -entry.getValue().get(metrics.get(0)).value()))
            .toList();
        for (Map.Entry<String, Map<String, ConfidenceInterval>> method : sorted) {
            out.printf(
                Locale.ROOT, "%-24s %-24s", method.getKey(), interval(method.getValue().get(metrics.get(0)), "%.4f")
            );
            metrics.stream().skip(1).forEach(metric -> {
                ConfidenceInterval value = method.getValue().get(metric);
                out.print(value == null ? " ".repeat(11) + "-" : String.format(Locale.ROOT, " %11.4f", value.value()));
            });
            ConfidenceInterval difference = report.differences().get(method.getKey());
            out.println(difference == null ? "" : "  " + interval(difference, "%+.4f"));
        }
        printGroups(out, sorted.stream().map(Map.Entry::getKey).toList());
        printSweep(out);
    }

    private void printGroups(PrintStream out, List<String> order) {
        out.println();
        out.println("ndcg@" + k + " by how many events a user had");
        out.printf(Locale.ROOT, "%-24s", "");
        report.byHistory().keySet().forEach(group -> out.printf(Locale.ROOT, " %14s", group));
        out.println();
        out.printf(Locale.ROOT, "%-24s", "cases");
        report.byHistory().values().forEach(group -> out.printf(Locale.ROOT, " %14.0f", group.get("cases")));
        out.println();
        for (String method : order) {
            out.printf(Locale.ROOT, "%-24s", method);
            report.byHistory().values().forEach(group -> out.printf(Locale.ROOT, " %14.4f", group.get(method)));
            out.println();
        }
    }

    private void printSweep(PrintStream out) {
        if (report.sweep().isEmpty()) {
            return;
        }
        out.println();
        out.println("ndcg@" + k + " on the validation part, best first");
        report.sweep()
            .entrySet()
            .stream()
            .sorted(Comparator.comparingDouble(entry -> -entry.getValue().value()))
            .forEach(
                entry -> out.printf(Locale.ROOT, "%-40s %s%n", entry.getKey(), interval(entry.getValue(), "%.4f"))
            );
    }

    private static String interval(ConfidenceInterval interval, String form) {
        return String.format(
            Locale.ROOT, form + " [" + form + "," + form + "]", interval.value(), interval.low(), interval.high()
        );
    }
}
