package org.opensearch.interest.core.evaluation.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects items and events in any order and sorts the events by time; events of the same time keep their order of
 * arrival.
 */
public final class DatasetBuilder {
    private final Map<String, Integer> users = new LinkedHashMap<>();
    private final Map<String, Integer> items = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> searches = new LinkedHashMap<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final SkippedImpressions impressions = new SkippedImpressions();
    private final EventTypes types = new EventTypes();
    private int size;
    private int[] user = new int[1024];
    private int[] object = new int[1024];
    private float[] weight = new float[1024];
    private long[] time = new long[1024];
    private final BitSet engaged = new BitSet();
    private float[] rating;

    /** @return false if the item is known already; its first text is kept */
    public boolean item(String name, String text) {
        if (items.putIfAbsent(name, items.size()) != null) {
            return false;
        }
        texts.add(text);
        return true;
    }

    public boolean knowsItem(String name) {
        return items.containsKey(name);
    }

    /**
     * @param item    a known item
     * @param weight  finite; below zero for negative evidence
     * @param engaged whether the user engaged with the item, so that it can be a target
     * @param time    milliseconds since 1970
     */
    public void event(String user, String item, double weight, boolean engaged, long time) {
        this.engaged.set(size, engaged);
        add(user, items.get(item), weight, time);
    }

    /**
     * Adds an event that is a rating.
     *
     * @param value on the data's own scale, finite
     */
    public void rating(String user, String item, double weight, double value, long time) {
        if (rating == null) {
            rating = new float[this.user.length];
            Arrays.fill(rating, Float.NaN);
        }
        event(user, item, weight, true, time);
        rating[size - 1] = (float) value;
    }

    public void search(String user, String text, double weight, long time) {
        add(user, Dataset.searchObject(number(searches, text)), weight, time);
    }

    /** @param vector of unit length */
    public void brought(String user, float[] vector, double weight, long time) {
        vectors.add(vector);
        add(user, Dataset.vectorObject(vectors.size() - 1), weight, time);
    }

    /** Sets the type of the event added last; signals may have half-lives of their own by name. */
    public void ofType(String type) {
        types.put(size - 1, type);
    }

    /**
     * Adds an impression that the user skipped.
     *
     * @param shown names of items; unknown ones are left out
     * @return whether any item is known
     */
    public boolean passedOver(String user, List<String> shown, String type, double weight, long time) {
        int[] known = shown.stream().map(items::get).filter(Objects::nonNull).mapToInt(Integer::intValue).toArray();
        if (known.length > 0) {
            impressions.add(number(users, user), new SkippedImpressions.Impression(known, type, weight, time));
        }
        return known.length > 0;
    }

    private void add(String userName, int objectNumber, double eventWeight, long at) {
        if (size == user.length) {
            int more = size + (size >> 1);
            user = Arrays.copyOf(user, more);
            object = Arrays.copyOf(object, more);
            weight = Arrays.copyOf(weight, more);
            time = Arrays.copyOf(time, more);
            if (rating != null) {
                rating = Arrays.copyOf(rating, more);
                Arrays.fill(rating, size, more, Float.NaN);
            }
        }
        user[size] = number(users, userName);
        object[size] = objectNumber;
        weight[size] = (float) eventWeight;
        time[size++] = at;
    }

    private static int number(Map<String, Integer> numbers, String name) {
        Integer known = numbers.putIfAbsent(name, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    public Dataset build() {
        int[] order = TimeOrder.of(time, size);
        int[] sortedUser = new int[size];
        int[] sortedObject = new int[size];
        float[] sortedWeight = new float[size];
        long[] sortedTime = new long[size];
        BitSet sortedEngaged = new BitSet(size);
        float[] sortedRating = rating == null ? null : new float[size];
        for (int i = 0; i < size; i++) {
            int e = order[i];
            sortedUser[i] = user[e];
            sortedObject[i] = object[e];
            sortedWeight[i] = weight[e];
            sortedTime[i] = time[e];
            sortedEngaged.set(i, engaged.get(e));
            if (rating != null) {
                sortedRating[i] = rating[e];
            }
        }
        return new Dataset(
            List.copyOf(users.keySet()), List.copyOf(items.keySet()), texts, List.copyOf(searches.keySet()), vectors,
            impressions, sortedUser, sortedObject, sortedWeight, sortedTime, sortedEngaged, sortedRating,
            types.in(order)
        );
    }

    /** Returns item numbers by name, as the data set will have them. */
    public Map<String, Integer> itemNumbers() {
        return new HashMap<>(items);
    }

    public Map<String, Integer> userNumbers() {
        return new HashMap<>(users);
    }
}
