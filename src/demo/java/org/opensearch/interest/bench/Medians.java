package org.opensearch.interest.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Median times of several tasks, run in turn, round by round, so that other load on the machine affects all of them
 * alike.
 */
final class Medians {
    private final Map<String, Runnable> things = new LinkedHashMap<>();
    private final Map<String, List<Double>> millis = new LinkedHashMap<>();

    Medians add(String name, Runnable thing) {
        things.put(name, thing);
        millis.put(name, new ArrayList<>());
        return this;
    }

    Medians run(int warmUp, int rounds) {
        for (int round = -warmUp; round < rounds; round++) {
            for (Map.Entry<String, Runnable> thing : things.entrySet()) {
                long start = System.nanoTime();
                thing.getValue().run();
                if (round >= 0) {
                    millis.get(thing.getKey()).add((System.nanoTime() - start) / 1e6);
                }
            }
        }
        return this;
    }

    double median(String name) {
        return of(millis.get(name));
    }

    /** @param values at least one */
    static double of(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** @param baseline the task that the others are compared to */
    void print(String baseline) {
        for (String name : things.keySet()) {
            List<Double> all = millis.get(name);
            System.out.printf(
                Locale.ROOT, "  %-58s median %7.1f ms   (%.1f to %.1f)   %.2fx%n", name, median(name),
                Collections.min(all), Collections.max(all), median(baseline) / median(name)
            );
        }
    }
}
