package org.opensearch.interest.cluster.history;

import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.core.action.ActionListener;
import org.opensearch.interest.TestInterestPlugin;
import org.opensearch.interest.api.tracker.TrackerRequest;
import org.opensearch.interest.api.tracker.TransportPutTrackerAction;
import org.opensearch.interest.cluster.events.TrackEventsRequest;
import org.opensearch.interest.cluster.events.TrackEventsRequest.RawEvent;
import org.opensearch.interest.cluster.events.TransportTrackEventsAction;
import org.opensearch.interest.cluster.profiles.ProfileRecorder;
import org.opensearch.interest.cluster.store.InterestIndex;
import org.opensearch.interest.cluster.store.ProfileStore;
import org.opensearch.interest.cluster.store.TrackerStore;
import org.opensearch.interest.core.profile.HistoryEvent;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.tracking.ChangeResult;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.UserId;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchSingleNodeTestCase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Base of tests of the history: one node and a shop whose items have three dimensions. */
public abstract class HistoryTestCase extends OpenSearchSingleNodeTestCase {
    protected static final long DAY = 86_400_000L;

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(TestInterestPlugin.class);
    }

    @Override
    protected boolean resetNodeAfterTest() {
        return true;
    }

    @Override
    public void setUp() throws Exception {
        super.setUp();
        client().admin()
            .indices()
            .prepareCreate("products")
            .setMapping("v", "type=interest_vector,dimension=3", "title", "type=text")
            .get();
        item("east", 1, 0, 0);
        item("north", 0, 1, 0);
        item("up", 0, 0, 2);
    }

    protected void item(String id, float... vector) {
        List<Float> list = new ArrayList<>();
        for (float number : vector) {
            list.add(number);
        }
        client().index(new IndexRequest("products").id(id).source(Map.of("v", list, "title", id))).actionGet();
    }

    protected Tracker tracker(String name, Map<String, Object> extra) {
        Map<String, Object> items = Map.of("index", "products", "vector_field", "v", "title_field", "title");
        // a history-only event is the harder case; evidence is the usual one
        Map<String, Object> json = new HashMap<>(
            Map.of("items", items, "geometry", "off", "signals", Map.of("impression", 0))
        );
        json.putAll(extra);
        client().execute(TransportPutTrackerAction.TYPE, new TrackerRequest(name, json)).actionGet();
        return HistoryTestCase.<Tracker>await(listener -> getInstanceFromNode(TrackerStore.class).get(name, listener));
    }

    protected static Tracker.History history(long days) {
        return new Tracker.History(true, days * DAY);
    }

    protected static Map<String, Object> event(String user, String type, Object... more) {
        Map<String, Object> event = new HashMap<>(Map.of("user", user, "type", type));
        for (int i = 0; i < more.length; i += 2) {
            event.put((String) more[i], more[i + 1]);
        }
        return event;
    }

    /** Returns the outcomes by their first letters: "a" applied, "d" duplicate, "i" ignored, "f" failed. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    protected final String send(String tracker, Map<String, Object>... events) {
        List<RawEvent> raw = Arrays.stream(events).map(RawEvent::of).toList();
        TrackEventsRequest request = new TrackEventsRequest(tracker, raw, RefreshPolicy.NONE);
        StringBuilder outcomes = new StringBuilder();
        for (ChangeResult result : client().execute(TransportTrackEventsAction.TYPE, request).actionGet().results()) {
            outcomes.append(
                result.failure() != null ? "f"
                    : result.outcome().name().substring(0, 1).toLowerCase(java.util.Locale.ROOT)
            );
        }
        return outcomes.toString();
    }

    protected static <T> T await(Consumer<ActionListener<T>> call) {
        PlainActionFuture<T> future = PlainActionFuture.newFuture();
        call.accept(future);
        return future.actionGet();
    }

    protected EventHistory history() {
        return getInstanceFromNode(EventHistory.class);
    }

    protected ProfileRecorder recorder() {
        return getInstanceFromNode(ProfileRecorder.class);
    }

    /** Returns all events of a user in the history, after a refresh. */
    protected List<HistoryEvent> kept(Tracker tracker, String user) {
        HistoryTestCase.<Void>await(listener -> history().refresh(tracker, listener));
        return found(tracker, user);
    }

    /** Returns all events that a search finds. */
    protected List<HistoryEvent> found(Tracker tracker, String user) {
        return HistoryTestCase.<List<HistoryEvent>>await(
            listener -> history().ofUser(tracker, new UserId(user), 0, Long.MAX_VALUE, EventHistory.PAGE, listener)
        );
    }

    protected Optional<Profile> profile(Tracker tracker, String user) {
        return HistoryTestCase.<Optional<Profile>>await(
            listener -> getInstanceFromNode(ProfileStore.class).get(tracker, new UserId(user), listener)
        );
    }

    /** Returns the periods of a tracker's indices. */
    protected SortedSet<String> periods(String tracker) {
        TreeSet<String> periods = new TreeSet<>();
        getInstanceFromNode(InterestIndex.class).histories(tracker).forEach(index -> periods.add(index.period()));
        return periods;
    }
}
