package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plots as SVG for embedding in a page, whose style sets the colours. */
final class SvgPlot {
    private static final int BAR = 18;
    private static final int LABELS = 190;
    private static final int PLOT = 420;
    private static final int FIGURES = 190;
    private static final int HEIGHT = 260;
    /** Height of a line of text, and width of a letter. */
    private static final int LINE = 14;
    private static final int LETTER = 7;

    private SvgPlot() {}

    /** Returns whether a method is one of ours. */
    static boolean ours(String method) {
        return method.startsWith("interest");
    }

    static String escaped(Object text) {
        return text.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** Draws one bar per name, the longest first, with its interval. */
    static String bars(Map<String, ConfidenceInterval> values) {
        double most = values.values()
            .stream()
            .mapToDouble(v -> Double.isNaN(v.high()) ? v.value() : v.high())
            .max()
            .orElse(1);
        double scale = most > 0 ? PLOT / most : 0;
        int left = labels(values);
        StringBuilder svg = begin(left, values.size() * BAR + 4);
        int y = 2;
        for (Map.Entry<String, ConfidenceInterval> entry : sorted(values)) {
            bar(svg, entry, ours(entry.getKey()) ? "ours" : "bar", left, left, scale, y, "%.4f");
            y += BAR;
        }
        return svg.append("</svg>\n").toString();
    }

    /** Draws one bar per name, to either side of zero. */
    static String differences(Map<String, ConfidenceInterval> values) {
        double low = Math
            .min(0, values.values().stream().mapToDouble(v -> Math.min(v.value(), v.low())).min().orElse(0));
        double high = Math
            .max(0, values.values().stream().mapToDouble(v -> Math.max(v.value(), v.high())).max().orElse(1));
        double scale = high > low ? PLOT / (high - low) : 0;
        int left = labels(values);
        double zero = left - low * scale;
        StringBuilder svg = begin(left, values.size() * BAR + 4);
        put(
            svg, "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\"/>", zero, zero,
            values.size() * BAR + 4
        );
        int y = 2;
        for (Map.Entry<String, ConfidenceInterval> entry : sorted(values)) {
            ConfidenceInterval value = entry.getValue();
            bar(svg, entry, value.low() > 0 ? "up" : value.high() < 0 ? "down" : "even", left, zero, scale, y, "%+.4f");
            y += BAR;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(
        StringBuilder svg, Map.Entry<String, ConfidenceInterval> entry, String kind, int left, double zero,
        double scale, int y, String form
    ) {
        ConfidenceInterval value = entry.getValue();
        double end = zero + value.value() * scale;
        put(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", left - 8, y + 12, escaped(entry.getKey()));
        double from = Math.min(zero, end);
        put(
            svg, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", kind, from, y,
            Math.abs(end - zero), BAR - 4
        );
        boolean withoutInterval = Double.isNaN(value.low());
        if (withoutInterval == false) {
            double low = zero + value.low() * scale;
            double high = zero + value.high() * scale;
            put(svg, "<line class=\"ci\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", low, high, y + 7, y + 7);
        }
        String figures = withoutInterval ? String.format(Locale.ROOT, form, value.value())
            : String
                .format(Locale.ROOT, form + " [" + form + ", " + form + "]", value.value(), value.low(), value.high());
        put(svg, "<text x=\"%d\" y=\"%d\">%s</text>", left + PLOT + 8, y + 12, figures);
    }

    /**
     * Draws one line per method over the groups. Our methods are highlighted, and each name is placed where its line
     * ends, as far as there is space.
     *
     * @param groups by name, one number per method
     */
    static String lines(Map<String, Map<String, Double>> groups, List<String> methods) {
        List<Map<String, Double>> columns = List.copyOf(groups.values());
        List<String> names = List.copyOf(groups.keySet());
        double most = columns.stream()
            .flatMapToDouble(column -> methods.stream().mapToDouble(column::get))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
        double step = columns.size() > 1 ? (double) PLOT / (columns.size() - 1) : 0;
        double scale = most > 0 ? (HEIGHT - 40) / most : 0;
        StringBuilder svg = begin(LABELS, HEIGHT);
        for (int g = 0; g < columns.size(); g++) {
            put(
                svg, "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"10\" y2=\"%d\"/>", LABELS + g * step,
                LABELS + g * step, HEIGHT - 30
            );
            put(
                svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", LABELS + g * step, HEIGHT - 12,
                escaped(names.get(g))
            );
        }
        put(svg, "<text x=\"%d\" y=\"14\" text-anchor=\"end\">%.3f</text>", LABELS - 8, most);
        put(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>", LABELS - 8, HEIGHT - 30);
        Map<String, Double> last = columns.get(columns.size() - 1);
        double free = 0;
        for (String method : methods.stream().sorted(Comparator.comparingDouble(name -> -last.get(name))).toList()) {
            StringBuilder points = new StringBuilder();
            for (int g = 0; g < columns.size(); g++) {
                points.append(
                    String.format(Locale.ROOT, "%.1f,%.1f ", LABELS + g * step, y(columns.get(g).get(method), scale))
                );
            }
            String kind = ours(method) ? "line ours" : "line";
            put(
                svg, "<polyline class=\"%s\" points=\"%s\"><title>%s</title></polyline>", kind, points, escaped(method)
            );
            double at = Math.max(y(last.get(method), scale) + 4, free);
            if (at < HEIGHT - 20) {
                put(svg, "<text x=\"%d\" y=\"%.1f\">%s</text>", LABELS + PLOT + 8, at, escaped(method));
                free = at + LINE;
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static double y(double value, double scale) {
        return HEIGHT - 30 - (Double.isFinite(value) ? value : 0) * scale;
    }

    private static List<Map.Entry<String, ConfidenceInterval>> sorted(Map<String, ConfidenceInterval> values) {
        return values.entrySet()
            .stream()
            .sorted(Comparator.comparingDouble(entry -> -entry.getValue().value()))
            .toList();
    }

    /** Returns the width of the longest name. */
    private static int labels(Map<String, ConfidenceInterval> values) {
        return Math.max(LABELS, 16 + LETTER * values.keySet().stream().mapToInt(String::length).max().orElse(0));
    }

    private static StringBuilder begin(int left, int height) {
        int width = left + PLOT + FIGURES;
        StringBuilder svg = new StringBuilder();
        put(svg, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">", width, height, width, height);
        return svg;
    }

    private static void put(StringBuilder svg, String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values)).append('\n');
    }
}
