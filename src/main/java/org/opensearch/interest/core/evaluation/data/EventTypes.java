package org.opensearch.interest.core.evaluation.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each event was, two bytes an event where anybody says it and none where nobody does. Grows while it is told,
 * then only read.
 */
final class EventTypes {
    private static final int MOST = Short.MAX_VALUE;

    private final List<String> names = new ArrayList<>(List.of(""));
    private short[] numbers = new short[0];

    /** Types beyond the first {@value #MOST} are as if nobody had said them. */
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

    /** Empty where nobody said. */
    String of(int event) {
        return event < numbers.length ? names.get(numbers[event]) : "";
    }

    /** The same where event i is what was event order[i]. */
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
