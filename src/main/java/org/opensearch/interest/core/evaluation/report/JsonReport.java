package org.opensearch.interest.core.evaluation.report;

import org.opensearch.interest.core.evaluation.metric.ConfidenceInterval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Report for programs. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(Report report) {
        return of(report, Map.of());
    }

    /** @param more entries to append: maps, lists, intervals, numbers, texts */
    public static String of(Report report, Map<String, ?> more) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", report.protocol());
        json.put("users", report.users());
        json.put("items", report.items());
        json.put("events", report.events());
        json.put("cases", report.cases());
        json.put("methods", report.methods());
        json.put("differences", Map.of("of", report.baseline(), "metric", "ndcg", "less", report.differences()));
        json.put("by_history", report.byHistory());
        if (report.sweep().isEmpty() == false) {
            json.put("sweep", report.sweep());
        }
        json.put("notes", report.notes());
        json.putAll(more);
        return of(json);
    }

    /** @param json maps, lists, intervals, numbers, texts */
    public static String of(Map<String, ?> json) {
        StringBuilder text = new StringBuilder();
        append(text, json, "");
        return text.append('\n').toString();
    }

    private static void append(StringBuilder text, Object value, String indent) {
        switch (value) {
            case Map<?, ?> map -> object(text, map, indent);
            case ConfidenceInterval interval -> interval(text, interval);
            case List<?> list -> {
                text.append('[');
                String separator = "";
                for (Object element : list) {
                    text.append(separator);
                    append(text, element, indent);
                    separator = ", ";
                }
                text.append(']');
            }
            case Double number -> text.append(number(number));
            case Number number -> text.append(number);
            case Boolean bool -> text.append(bool);
            default -> text.append(quoted(value.toString()));
        }
    }

    private static void object(StringBuilder text, Map<?, ?> map, String indent) {
        String inner = indent + "  ";
        text.append('{');
        String separator = "\n";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator).append(inner).append(quoted(entry.getKey().toString())).append(": ");
            append(text, entry.getValue(), inner);
            separator = ",\n";
        }
        text.append(map.isEmpty() ? "}" : "\n" + indent + "}");
    }

    private static void interval(StringBuilder text, ConfidenceInterval interval) {
        text.append("{\"value\": ").append(number(interval.value()));
        if (Double.isNaN(interval.low()) == false) {
            text.append(", \"ci\": [")
                .append(number(interval.low()))
                .append(", ")
                .append(number(interval.high()))
                .append(']');
        }
        text.append('}');
    }

    /** Formats six digits, more than any interval here can resolve. JSON has no NaN: it becomes null. */
    private static String number(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.6f", number) : "null";
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
