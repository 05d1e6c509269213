package org.opensearch.interest.core.evaluation.data;

import java.util.BitSet;
import java.util.List;

/**
 * Items, users and all events of users, as arrays of primitives in time order: about 30 bytes per event, so that ten
 * million events fit into a small heap. Users, items and events are numbers from 0. Immutable, thread-safe. Created by
 * {@link DatasetBuilder}.
 */
public final class Dataset {
    private final List<String> users;
    private final List<String> items;
    private final List<String> texts;
    private final List<String> searches;
    private final List<float[]> vectors;
    private final SkippedImpressions impressions;
    private final int[] user;
    private final int[] object;
    private final float[] weight;
    private final long[] time;
    private final BitSet engaged;
    /** null if nothing was rated */
    private final float[] rating;
    private final EventTypes types;
    private final int[] from;
    private final int[] own;

    Dataset(
        List<String> users, List<String> items, List<String> texts, List<String> searches, List<float[]> vectors,
        SkippedImpressions impressions, int[] user, int[] object, float[] weight, long[] time, BitSet engaged,
        float[] rating, EventTypes types
    ) {
        this.users = List.copyOf(users);
        this.items = List.copyOf(items);
        this.texts = List.copyOf(texts);
        this.searches = List.copyOf(searches);
        this.vectors = List.copyOf(vectors);
        this.impressions = impressions;
        this.user = user;
        this.object = object;
        this.weight = weight;
        this.time = time;
        this.engaged = engaged;
        this.rating = rating;
        this.types = types;
        this.from = new int[users.size() + 1];
        for (int u : user) {
            from[u + 1]++;
        }
        for (int u = 0; u < users.size(); u++) {
            from[u + 1] += from[u];
        }
        this.own = new int[user.length];
        int[] next = from.clone();
        for (int e = 0; e < user.length; e++) {
            own[next[user[e]]++] = e;
        }
    }

    public int users() {
        return users.size();
    }

    public int items() {
        return items.size();
    }

    public int events() {
        return user.length;
    }

    public String userName(int user) {
        return users.get(user);
    }

    public String itemName(int item) {
        return items.get(item);
    }

    /** Returns the text of each item: its title and further texts; blank if there is none. */
    public List<String> texts() {
        return texts;
    }

    /** Returns the texts that users searched for, each once. */
    public List<String> searches() {
        return searches;
    }

    public int user(int event) {
        return user[event];
    }

    /** Returns the item of the event; −1 if the event is about a text or a vector and not about an item. */
    public int item(int event) {
        return Math.max(object[event], -1);
    }

    /** Returns an index into {@link #searches}; −1 if the event is about something else. */
    public int search(int event) {
        return object[event] < -1 && object[event] % 2 == 0 ? -1 - object[event] / 2 : -1;
    }

    /** Returns the unit vector that came with the event; null if the event is about something else. */
    public float[] brought(int event) {
        return object[event] < -1 && object[event] % 2 != 0 ? vectors.get(-1 - (object[event] + 1) / 2) : null;
    }

    /** Encodes the search of an event: below −1, so that it is no item. */
    static int searchObject(int search) {
        return -2 - 2 * search;
    }

    static int vectorObject(int vector) {
        return -3 - 2 * vector;
    }

    /** Returns the impressions that users skipped. */
    public SkippedImpressions impressions() {
        return impressions;
    }

    /** Returns the event's type, which is the name of a signal; empty if none was given. */
    public String type(int event) {
        return types.of(event);
    }

    /** Returns whether the event shows an interest: an engagement, or a search or vector of positive weight. */
    public boolean showsInterest(int event) {
        return engaged.get(event) || (object[event] < -1 && weight[event] > 0);
    }

    /** Returns the weight of the evidence, sign included. */
    public float weight(int event) {
        return weight[event];
    }

    /** Returns milliseconds since 1970; never decreases from one event to the next. */
    public long time(int event) {
        return time[event];
    }

    /**
     * Returns whether the user engaged with the item, liked or not; a dislike or an impression is no engagement. False
     * for searches.
     */
    public boolean engaged(int event) {
        return engaged.get(event);
    }

    /** Returns the user's rating of the item, on the data's own scale; NaN if the event is no rating. */
    public float rating(int event) {
        return rating == null ? Float.NaN : rating[event];
    }

    /** Returns the number of the user's events. */
    public int count(int u) {
        return from[u + 1] - from[u];
    }

    /** Returns the user's n-th event in time order, n from 0. */
    public int own(int u, int n) {
        return own[from[u] + n];
    }

    /** Returns the number of events strictly before a time. */
    public int before(long at) {
        int low = 0;
        int high = time.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the number of the user's events among the first n of all events. */
    public int ownAmong(int u, int n) {
        int low = from[u];
        int high = from[u + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (own[middle] < n) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - from[u];
    }

    /**
     * Returns the time of the last event of the user that a case may use. Ages count from here if only their ratio
     * matters, so that no weight vanishes.
     */
    public long lastSeen(Case c) {
        return c.seen() == 0 ? c.at() : time[own(c.user(), c.seen() - 1)];
    }
}
