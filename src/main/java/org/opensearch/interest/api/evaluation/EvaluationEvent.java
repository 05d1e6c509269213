package org.opensearch.interest.api.evaluation;

import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.tracking.Event;

import java.util.List;

/**
 * Fields of an event that an evaluation uses, from the history or from a request. The event is about one of: an item, a
 * text, a vector, or items shown without a click.
 *
 * @param user   distinguishes users and has no other use
 * @param item   null if the event is about something else
 * @param text   null if the event is about something else
 * @param vector of unit length; null if the event is about something else
 * @param shown  items that were shown without a click; empty if the event is about something else
 * @param weight weight of the event, with its sign
 * @param rating in [−1,1]; null if the event is not a rating
 * @param time   milliseconds since 1970
 */
record EvaluationEvent(
    String user,
    String type,
    String item,
    String text,
    float[] vector,
    List<String> shown,
    double weight,
    Double rating,
    long time
) {
    private static final String RATING = "rating";

    EvaluationEvent {
        shown = List.copyOf(shown);
    }

    /**
     * Returns the fields of an event from the history, or null for an impression that is no evidence: its weight is 0,
     * or all its items were clicked.
     */
    static EvaluationEvent of(String user, HistoryEvent event) {
        List<String> shown = event.isImpression() ? event.skipped() : List.of();
        boolean usable = event.isEvidence() && (event.isImpression() == false || shown.isEmpty() == false);
        String text = event.item() == null ? event.text() : null;
        Double rating = event.type().equals(RATING) ? event.scale() : null;
        return usable == false ? null
            : new EvaluationEvent(
                user, event.type(), event.item(), text, event.vector(), shown, event.weight(), rating, event.timestamp()
            );
    }

    /** Returns the fields of an event from a request, or null as above. */
    static EvaluationEvent of(Event event) {
        String user = event.user().value();
        Double rating = event.type().equals(RATING) ? event.scale() : null;
        double weight = event.weight();
        long time = event.timestamp();
        return switch (event.target()) {
            case Event.Target.Item about ->
                new EvaluationEvent(user, event.type(), about.id(), null, null, List.of(), weight, rating, time);
            case Event.Target.Comment about ->
                new EvaluationEvent(user, event.type(), about.item(), null, null, List.of(), weight, rating, time);
            case Event.Target.Text about ->
                new EvaluationEvent(user, event.type(), null, about.text(), null, List.of(), weight, rating, time);
            case Event.Target.Vector about ->
                new EvaluationEvent(user, event.type(), null, null, about.unit(), List.of(), weight, rating, time);
            case Event.Target.Impression about -> weight == 0 || about.skipped().isEmpty() ? null
                : new EvaluationEvent(user, event.type(), null, null, null, about.skipped(), weight, rating, time);
        };
    }
}
