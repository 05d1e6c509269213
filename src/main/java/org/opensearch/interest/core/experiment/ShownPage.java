package org.opensearch.interest.core.experiment;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Items that a user was shown side by side.
 *
 * @param time    milliseconds since 1970
 * @param queryId of the search that found them; null where unknown
 * @param session null where unknown
 * @param variant null where it belongs to none
 * @param first   the position of the first item, ≥ 0; the others follow
 * @param items   as they stood; one that stands there twice counts at its first place
 * @param clicked those of them that are known to have been clicked
 */
public record ShownPage(
    long time,
    String queryId,
    String session,
    String variant,
    long first,
    List<String> items,
    Set<String> clicked
) {
    /** An action without further reference belongs to a page for half an hour. */
    static final long HALF_HOUR = 30 * 60_000L;

    public ShownPage {
        items = items.stream().distinct().toList();
        clicked = Set.copyOf(clicked);
    }

    /**
     * Whether something done with one of its items came of it, by what both say of themselves: the same search where
     * both name one, else the same session where both name one, else half an hour.
     */
    boolean ledTo(Deed deed) {
        if (deed.time() < time) {
            return false;
        }
        if (queryId != null && deed.queryId() != null) {
            return queryId.equals(deed.queryId());
        }
        if (session != null && deed.session() != null) {
            return session.equals(deed.session());
        }
        return deed.time() - time <= HALF_HOUR;
    }

    /**
     * Something that a user did with an item, in its favour.
     *
     * @param time       milliseconds since 1970
     * @param queryId    null where unknown
     * @param session    null where unknown
     * @param conversion whether it is what a shop hopes for, and not a mere click
     * @param team       whose pick the item was, in a list of two; null where it was none
     */
    public record Deed(long time, String queryId, String session, String item, boolean conversion, String team) {
        public Deed {
            Objects.requireNonNull(item, "item");
        }
    }
}
