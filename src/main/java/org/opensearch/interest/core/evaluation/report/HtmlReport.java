package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Report for browsers: one file that loads nothing, with bars, their intervals, and lines from users with few events to
 * users with many.
 */
public final class HtmlReport {
    private static final String STYLE = """
        :root{color-scheme:light dark;--ink:#222;--paper:#fff;--rule:#d9dde3;--bar:#9db8d6;--ours:#e08a3c;--up:#4f9d69;--down:#c0504d;--even:#a9adb3}
        @media (prefers-color-scheme:dark){:root{--ink:#dfe3e8;--paper:#16181c;--rule:#3a3f46;--bar:#4d6f97;--ours:#e08a3c;--even:#6b7078}}
        body{font:15px/1.5 system-ui,sans-serif;max-width:900px;margin:2em auto;padding:0 1em;color:var(--ink);background:var(--paper)}
        h2{margin:1.8em 0 .4em;font-size:1.2em}table{border-collapse:collapse;margin:1em 0}
        td,th{padding:.2em .7em;text-align:right;border-bottom:1px solid var(--rule);font-variant-numeric:tabular-nums}
        td:first-child,th:first-child{text-align:left}.words td{text-align:left;vertical-align:top}
        .ours-row{font-weight:600}svg{max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
        .bar{fill:var(--bar)}.ours{fill:var(--ours)}.up{fill:var(--up)}.down{fill:var(--down)}.even{fill:var(--even)}
        .ci{stroke:var(--ink);stroke-width:1.5}.axis{stroke:var(--rule)}.line{fill:none;stroke:var(--even);stroke-width:1.2}
        .line.ours{fill:none;stroke:var(--ours);stroke-width:3}.lead{font-size:1.1em}
        """;

    private final Report report;
    private final int k;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(Report report, int k) {
        this.report = report;
        this.k = k;
    }

    public static String of(Report report, int k) {
        return new HtmlReport(report, k).write();
    }

    private String write() {
        String ndcg = "ndcg@" + k;
        line(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        );
        line("<title>Evaluation</title><style>%s</style></head><body><h1>Evaluation</h1>", STYLE);
        line(
            "<p class=\"lead\">%d users, %d cases, %d items, %d events</p><table class=\"words\">", report.users(),
            report.cases(), report.items(), report.events()
        );
        report.protocol()
            .forEach(
                (name, value) -> line("<tr><td>%s</td><td>%s</td></tr>", SvgPlot.escaped(name), SvgPlot.escaped(value))
            );
        line("</table>");
        if (report.notes().isEmpty() == false) {
            line("<h2>Notes</h2><ul>");
            report.notes().forEach(note -> line("<li>%s</li>", SvgPlot.escaped(note)));
            line("</ul>");
        }
        if (report.methods().isEmpty() == false) {
            line("<p>Bars are means over cases, lines on them 95 %% intervals from drawing users again; ");
            line("methods that begin with <em>interest</em> are ours.</p>");
        }
        bars(ndcg);
        differences(ndcg);
        groups(ndcg);
        List.of(
            "hit_rate@" + k, "recall@" + k, "mrr", "map@" + k, "auc", "diversity", "novelty", "coverage",
            "calibration@" + k, "mae", "rmse"
        ).forEach(this::bars);
        if (report.sweep().isEmpty() == false) {
            line("<h2>Parameters, %s on the validation part</h2>", ndcg);
            html.append(SvgPlot.bars(report.sweep()));
        }
        return html.append("</body></html>\n").toString();
    }

    private void bars(String metric) {
        Map<String, ConfidenceInterval> values = new LinkedHashMap<>();
        report.methods().forEach((name, metrics) -> {
            if (metrics.containsKey(metric)) {
                values.put(name, metrics.get(metric));
            }
        });
        if (values.isEmpty() == false) {
            line("<h2>%s</h2>", SvgPlot.escaped(metric));
            html.append(SvgPlot.bars(values));
        }
    }

    private void differences(String metric) {
        if (report.differences().isEmpty() == false) {
            line(
                "<h2>%s of %s less that of each other method, case by case</h2>", metric,
                SvgPlot.escaped(report.baseline())
            );
            line("<p>Green: the interval lies above 0. Red: below. Grey: the interval contains 0.</p>");
            html.append(SvgPlot.differences(report.differences()));
        }
    }

    private void groups(String metric) {
        if (report.byHistory().isEmpty()) {
            return;
        }
        line("<h2>%s by how many events a user had, from cold to warm</h2>", metric);
        html.append(SvgPlot.lines(report.byHistory(), List.copyOf(report.methods().keySet())));
        line("<table><tr><th></th>");
        report.byHistory()
            .forEach((group, means) -> line("<th>%s<br>%.0f cases</th>", SvgPlot.escaped(group), means.get("cases")));
        line("</tr>");
        List<String> best = report.methods()
            .keySet()
            .stream()
            .sorted(Comparator.comparingDouble(method -> -report.methods().get(method).get(metric).value()))
            .toList();
        best.forEach(method -> {
            line("<tr%s><td>%s</td>", SvgPlot.ours(method) ? " class=\"ours-row\"" : "", SvgPlot.escaped(method));
            report.byHistory().values().forEach(means -> line("<td>%.4f</td>", means.get(method)));
            line("</tr>");
        });
        line("</table>");
    }

    private void line(String form, Object... values) {
        html.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
