package org.opensearch.interest.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Columns of a file, by the names in its first row. Names are compared without case and surrounding space. */
final class Columns {
    private final String file;
    private final Map<String, Integer> places = new LinkedHashMap<>();

    Columns(String file, List<String> header) {
        this.file = file;
        if (header == null) {
            throw new IllegalArgumentException("[" + file + "] is empty: its first line must name the columns");
        }
        for (int i = 0; i < header.size(); i++) {
            if (places.putIfAbsent(key(header.get(i)), i) != null) {
                throw new IllegalArgumentException(
                    "[" + file + "] names the column [" + header.get(i).trim() + "] twice"
                );
            }
        }
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    void require(String... names) {
        for (String name : names) {
            if (has(name) == false) {
                throw new IllegalArgumentException(
                    "[" + file + "] has no column [" + name + "]: its first line names " + places.keySet()
                );
            }
        }
    }

    boolean has(String name) {
        return places.containsKey(key(name));
    }

    /** Returns the keys of all columns, in their order. */
    List<String> names() {
        return List.copyOf(places.keySet());
    }

    int count() {
        return places.size();
    }

    /** Returns the field; empty if the row is shorter or the file has no such column. */
    String get(List<String> row, String name) {
        Integer place = places.get(key(name));
        return place == null || place >= row.size() ? "" : row.get(place);
    }
}
