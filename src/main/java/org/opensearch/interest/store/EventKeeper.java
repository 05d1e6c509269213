package org.opensearch.interest.store;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.profile.KeptEvent;
import org.opensearch.interest.tracking.Tracker;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Where single events are kept beside the profiles: what the one writer of profiles asks of the history. Thread-safe; never blocks. */
public interface EventKeeper {
    /** One event, and whose it is. */
    record Entry(Tracker tracker, String profileId, KeptEvent event) {}

    /**
     * What became of an event.
     *
     * @param created whether it was not there before
     * @param failure why it is not kept; null where it is
     */
    record Kept(boolean created, Exception failure) {}

    /** Keeps what is not kept yet; what is stays as it is. Answers one an entry, in their order. */
    void keep(List<Entry> entries, ActionListener<List<Kept>> listener);

    /** Takes back what {@link #keep} created, and then goes on, whatever came of it. What cannot be taken back is counted. */
    void takeBack(Collection<Entry> entries, Runnable then);

    /**
     * Drops what is kept of a user: evidence up to a time and whatever was shown, except what has one of these keys. When it answers,
     * no search finds it.
     *
     * @param until  milliseconds since 1970
     * @param except keys of events
     */
    void forget(Tracker tracker, String profileId, long until, Set<String> except, ActionListener<Void> listener);

    /** Drops single events, by their keys. When it answers, no search finds them. */
    void drop(Tracker tracker, String profileId, Set<String> keys, ActionListener<Void> listener);

    /** Makes one user's events another's: evidence up to a time, and whatever was shown. May be repeated where it broke off. */
    void move(Tracker tracker, String from, String into, long until, ActionListener<Void> listener);
}
