package org.opensearch.interest.api.evaluation;

import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.tracking.Event;

import java.util.List;

/**
 * Event of an evaluation, from the history or from a request. Its target is an item, a text, a vector, or skipped
 * impressions.
 *
 * @param user   tells users apart, and nothing else is done with it
 * @param item   null where the event is about something else
 * @param text   likewise
 * @param vector likewise; of unit length
 * @param shown  items that were shown to no avail; empty where the event is about something else
 * @param weight what it counts, sign included
 * @param rating in [−1,1]; null where it is no rating
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

    /** Null where it is no evidence: what was shown and counts nothing. */
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

    /** The same of one that is not kept. */
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
