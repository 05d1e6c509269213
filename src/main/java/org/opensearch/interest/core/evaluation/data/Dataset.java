package org.opensearch.interest.core.evaluation.data;

import java.util.BitSet;
import java.util.List;

/**
 * Items, users and everything users did, as arrays of primitives in time order: about 30 bytes an event, so that ten
 * million events fit into a small heap. Users, items and events are numbers from 0 on. Immutable, thread-safe.
 * {@link DatasetBuilder} makes it.
 */
public final class Dataset {
    private final List<String> users;
    private final List<String> items;
    private final List<String> texts;
    private final List<String> searches;
    private final List<float[]> brought;
    private final SkippedImpressions impressions;
    private final int[] user;
    private final int[] object;
    private final float[] weight;
    private final long[] time;
    private final BitSet engaged;
    /** null where nothing was rated */
    private final float[] rating;
    private final EventTypes types;
    private final int[] from;
    private final int[] own;

    Dataset(
        List<String> users, List<String> items, List<String> texts, List<String> searches, List<float[]> brought,
        SkippedImpressions impressions, int[] user, int[] object, float[] weight, long[] time, BitSet engaged,
        float[] rating, EventTypes types
    ) {
        this.users = List.copyOf(users);
        this.items = List.copyOf(items);
        this.texts = List.copyOf(texts);
        this.searches = List.copyOf(searches);
        this.brought = List.copyOf(brought);
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

    /** What describes each item: its title and further texts; blank where there is none. */
    public List<String> texts() {
        return texts;
    }

    /** What users searched for, each text once. */
    public List<String> searches() {
        return searches;
    }

    public int user(int event) {
        return user[event];
    }

    /** −1 where the event is about no item, but a text or a vector */
    public int item(int event) {
        return Math.max(object[event], -1);
    }

    /** An index into {@link #searches}; −1 where the event is about something else */
    public int search(int event) {
        return object[event] < -1 && object[event] % 2 == 0 ? -1 - object[event] / 2 : -1;
    }

    /** The unit vector that the event brought along; null where it is about something else */
    public float[] brought(int event) {
        return object[event] < -1 && object[event] % 2 != 0 ? brought.get(-1 - (object[event] + 1) / 2) : null;
    }

    /** How an event about a search is kept: below −1, so that it is no item. */
    static int searchObject(int search) {
        return -2 - 2 * search;
    }

    static int broughtObject(int vector) {
        return -3 - 2 * vector;
    }

    /** What was shown to users to no avail. */
    public SkippedImpressions impressions() {
        return impressions;
    }

    /** What the event was: the name of a signal; empty where nobody says */
    public String type(int event) {
        return types.of(event);
    }

    /** Whether it speaks of what the user likes: taken up, searched for, or said by a vector. */
    public boolean speaks(int event) {
        return engaged.get(event) || (object[event] < -1 && weight[event] > 0);
    }

    /** The evidence's weight, sign included */
    public float weight(int event) {
        return weight[event];
    }

    /** Milliseconds since 1970; never falls from one event to the next */
    public long time(int event) {
        return time[event];
    }

    /** Whether the user took the item up, liked or not: a dislike or an impression is not that. False for searches. */
    public boolean engaged(int event) {
        return engaged.get(event);
    }

    /** What the user gave the item, on the data's own scale; NaN where the event is no rating */
    public float rating(int event) {
        return rating == null ? Float.NaN : rating[event];
    }

    /** How many events that user has. */
    public int count(int u) {
        return from[u + 1] - from[u];
    }

    /** That user's n-th event in time order, n from 0. */
    public int own(int u, int n) {
        return own[from[u] + n];
    }

    /** How many events lie strictly before a time. */
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

    /** How many of the user's events are among the first n of all. */
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
     * When the user did the last thing that a case may look at: ages count from here where only their ratio matters, so
     * that none vanish.
     */
    public long lastSeen(Case c) {
        return c.seen() == 0 ? c.at() : time[own(c.user(), c.seen() - 1)];
    }
}
