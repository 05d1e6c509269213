package org.opensearch.interest.store;

import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.profile.Evidence;
import org.opensearch.interest.profile.KeptEvent;
import org.opensearch.interest.tracking.Tracker;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Where kept events, and what they show today, are read again: what a rebuild asks of the history. Thread-safe; never blocks. */
public interface Replayer {
    /**
     * A kept event.
     *
     * @param profileId whose it is
     * @param evidence  as it counts today; null where it is none, or what it was about is gone
     */
    record Shown(String profileId, KeptEvent event, Evidence evidence) {}

    /**
     * All that is kept of some users, each one's in the order of {@link KeptEvent#CANONICAL}; every answered event is in it.
     *
     * @param users  profiles' ids, not empty
     * @param pages  called with one page after the other, by a thread of the executor
     */
    void replay(Tracker tracker, Collection<String> users, Executor threads, Consumer<List<Shown>> pages, ActionListener<Void> listener);

    /** The latest of what is kept of one user, in the order of {@link KeptEvent#CANONICAL}; every answered event is in it. */
    void latest(Tracker tracker, String user, int max, ActionListener<List<Shown>> listener);

    /** What events show today, whether they are kept or not. */
    void show(Tracker tracker, String user, List<KeptEvent> events, ActionListener<List<Shown>> listener);
}
