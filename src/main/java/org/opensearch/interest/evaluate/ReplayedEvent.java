package org.opensearch.interest.evaluate;

import org.opensearch.interest.profile.KeptEvent;
import org.opensearch.interest.tracking.Event;
import org.opensearch.interest.tracking.EventObject;

/**
 * What an evaluation needs of an event, wherever it comes from.
 *
 * @param user   tells users apart, and nothing else is done with it
 * @param item   null where the event is about a text
 * @param text   null where it is about an item
 * @param weight what it counts, sign included
 * @param rating in [−1,1]; null where it is no rating
 * @param time   milliseconds since 1970
 */
record ReplayedEvent(String user, String type, String item, String text, double weight, Double rating, long time) {
    private static final String RATING = "rating";

    /** Null where it is about neither: what was only shown, and vectors that callers brought along, are not what users take up. */
    static ReplayedEvent of(String user, KeptEvent event) {
        boolean usable = event.isEvidence() && (event.item() != null || event.text() != null);
        String text = event.item() == null ? event.text() : null;
        Double rating = event.type().equals(RATING) ? event.scale() : null;
        return usable ? new ReplayedEvent(user, event.type(), event.item(), text, event.weight(), rating, event.timestamp()) : null;
    }

    /** The same of one that is not kept. */
    static ReplayedEvent of(Event event) {
        Double rating = event.type().equals(RATING) ? event.scale() : null;
        String item = switch (event.object()) {
            case EventObject.Item about -> about.id();
            case EventObject.Comment comment -> comment.item();
            default -> null;
        };
        String text = event.object() instanceof EventObject.Text about ? about.text() : null;
        return item == null && text == null ? null
            : new ReplayedEvent(event.user().value(), event.type(), item, text, event.weight(), rating, event.timestamp());
    }
}
