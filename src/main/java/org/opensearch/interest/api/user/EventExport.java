package org.opensearch.interest.api.user;

import org.opensearch.interest.core.profile.HistoryEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON form of an event in the history, for the export to its user. It has the fields of the event as it was sent, as
 * far as they are stored.
 */
final class EventExport {
    private EventExport() {}

    static Map<String, Object> of(HistoryEvent event) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("type", event.type());
        optional(shown, "item", event.item());
        optional(shown, "text", event.text());
        if (event.vector() != null) {
            List<Float> vector = new ArrayList<>(event.vector().length);
            for (float number : event.vector()) {
                vector.add(number);
            }
            shown.put("vector", vector);
        }
        if (event.isImpression() == false) {
            shown.put("weight", event.weight());
        } else {
            shown.put("items", event.shown());
            shown.put("clicked", event.clicked());
        }
        shown.put("timestamp", Instant.ofEpochMilli(event.timestamp()).toString());
        shown.put("arrival", Instant.ofEpochMilli(event.arrival()).toString());
        HistoryEvent.Context context = event.context();
        optional(shown, "session", context.session());
        optional(shown, "query_id", context.queryId());
        optional(shown, "position", context.position());
        optional(shown, "variant", context.variant());
        optional(shown, "experiment", context.experiment());
        optional(shown, "team", context.team());
        return shown;
    }

    private static void optional(Map<String, Object> shown, String key, Object value) {
        if (value != null) {
            shown.put(key, value);
        }
    }
}
