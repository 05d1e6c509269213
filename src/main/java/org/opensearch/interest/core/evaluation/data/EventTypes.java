package org.opensearch.interest.core.evaluation.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Type of each event: two bytes per event if any type is given, none otherwise. Filled while events are added, then
 * only read.
 */
final class EventTypes {
    private static final int MOST = Short.MAX_VALUE;

    private final List<String> names = new ArrayList<>(List.of(""));
    private short[] numbers = new short[0];

    /** Sets a type. Types beyond the first {@value #MOST} count as not given. */
    void put(int event, String type) {
        int number = names.indexOf(type);
        if (number < 0 && names.size() < MOST) {
            number = names.size();
            names.add(type);
        }
        if (event >= numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(event + 1, numbers.length + (numbers.length >> 1)));
        }
        numbers[event] = (short) Math.max(0, number);
    }

    /** Returns the type of an event; empty if none was given. */
    String of(int event) {
        return event < numbers.length ? names.get(numbers[event]) : "";
    }

    /** Returns the same types in another order: event i gets the type of event order[i]. */
    EventTypes in(int[] order) {
        EventTypes sorted = new EventTypes();
        if (numbers.length > 0) {
            for (int i = 0; i < order.length; i++) {
                sorted.put(i, of(order[i]));
            }
        }
        return sorted;
    }
}
