package org.opensearch.interest.evaluate;

import org.opensearch.interest.evaluation.Interval;
import org.opensearch.interest.evaluation.Report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for browsers: one file that loads nothing, with bars and their intervals. */
final class HtmlReport {
    private static final int BAR = 18;
    private static final int LABELS = 190;
    private static final int PLOT = 420;
    private static final int FIGURES = 170;
    private static final String STYLE = """
        body{font:14px/1.45 system-ui,sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;color:#222}
        table{border-collapse:collapse;margin:1em 0}td,th{padding:.2em .6em;text-align:right;border-bottom:1px solid #ddd}
        td:first-child,th:first-child{text-align:left}svg text{font:12px system-ui,sans-serif;fill:#222}
        .bar{fill:#9db8d6}.ours{fill:#e08a3c}.ci{stroke:#333;stroke-width:1.5}
        """;

    private final Report report;
    private final int k;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(Report report, int k) {
        this.report = report;
        this.k = k;
    }

    static String of(Report report, int k) {
        return new HtmlReport(report, k).write();
    }

    private String write() {
        line("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Evaluation</title><style>%s</style></head><body>", STYLE);
        line("<h1>Evaluation</h1><p>%d users, %d cases, %d items, %d events</p><table>", report.users(), report.cases(), report.items(), report.events());
        report.protocol().forEach((name, value) -> line("<tr><td>%s</td><td style=\"text-align:left\">%s</td></tr>", escaped(name), escaped(value)));
        line("</table>");
        report.notes().forEach(note -> line("<p><strong>Note:</strong> %s</p>", escaped(note)));
        for (String metric : List.of("ndcg@" + k, "hit_rate@" + k, "recall@" + k, "mrr", "map@" + k, "auc", "diversity", "novelty", "coverage", "calibration@" + k, "mae", "rmse")) {
            plot(metric, report.methods());
        }
        groups();
        if (report.sweep().isEmpty() == false) {
            line("<h2>Parameters, NDCG on the validation part</h2>");
            bars(report.sweep());
        }
        return html.append("</body></html>\n").toString();
    }

    private void plot(String metric, Map<String, Map<String, Interval>> methods) {
        Map<String, Interval> values = new java.util.LinkedHashMap<>();
        methods.forEach((name, metrics) -> {
            if (metrics.containsKey(metric)) {
                values.put(name, metrics.get(metric));
            }
        });
        if (values.isEmpty() == false) {
            line("<h2>%s</h2>", escaped(metric));
            bars(values);
        }
    }

    private void bars(Map<String, Interval> values) {
        double most = values.values().stream().mapToDouble(v -> Double.isNaN(v.high()) ? v.value() : v.high()).max().orElse(1);
        double scale = most > 0 ? PLOT / most : 0;
        line("<svg width=\"%d\" height=\"%d\" role=\"img\">", LABELS + PLOT + FIGURES, values.size() * BAR + 4);
        int y = 2;
        List<Map.Entry<String, Interval>> sorted = values.entrySet().stream()
            .sorted(Comparator.comparingDouble(entry -> -entry.getValue().value()))
            .toList();
        for (Map.Entry<String, Interval> entry : sorted) {
            Interval value = entry.getValue();
            boolean ours = entry.getKey().startsWith("interest");
            line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LABELS - 8, y + 12, escaped(entry.getKey()));
            line("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", ours ? "ours" : "bar", LABELS, y, Math.max(0, value.value() * scale), BAR - 4);
            if (Double.isNaN(value.low()) == false) {
                line("<line class=\"ci\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", LABELS + value.low() * scale, LABELS + value.high() * scale, y + 7, y + 7);
            }
            String figures = Double.isNaN(value.low())
                ? String.format(Locale.ROOT, "%.4f", value.value())
                : String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", value.value(), value.low(), value.high());
            line("<text x=\"%d\" y=\"%d\">%s</text>", LABELS + PLOT + 8, y + 12, figures);
            y += BAR;
        }
        line("</svg>");
    }

    private void groups() {
        line("<h2>ndcg@%d by how many events a user had</h2><table><tr><th></th>", k);
        report.byHistory().forEach((group, means) -> line("<th>%s<br>%.0f cases</th>", escaped(group), means.get("cases")));
        line("</tr>");
        for (String method : report.methods().keySet()) {
            line("<tr><td>%s</td>", escaped(method));
            report.byHistory().values().forEach(means -> line("<td>%.4f</td>", means.get(method)));
            line("</tr>");
        }
        line("</table>");
    }

    private void line(String form, Object... values) {
        html.append(String.format(Locale.ROOT, form, values)).append('\n');
    }

    private static String escaped(Object text) {
        return text.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
