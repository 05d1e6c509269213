package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.tracking.Timestamps;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Data set as a folder of CSV: items.csv ({@code item,title} and further texts), events.csv
 * ({@code user,item,type,timestamp} and optionally {@code value}, {@code text}) and optionally candidates.csv
 * ({@code user,item}). Strict about the meaning of a row, so that no figure rests on a misread file; events of items
 * without a description are counted and skipped.
 */
final class CsvFolder {
    static final String ITEMS = "items.csv";
    static final String EVENTS = "events.csv";
    static final String CANDIDATES = "candidates.csv";
    private static final String RATING = "rating";
    private static final String IMPRESSION = "impression";

    private final Path folder;
    private final Map<String, Double> signals;
    private final List<String> notes = new ArrayList<>();
    private double lowest = 1;
    private double highest = 5;

    private CsvFolder(Path folder, Map<String, Double> signals) {
        this.folder = folder;
        this.signals = signals;
    }

    /** @param signals weight by event type; other types weigh 1 */
    static LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException {
        if (Files.isDirectory(folder) == false) {
            throw new IllegalArgumentException(
                "[" + folder + "] is no folder: it must hold " + ITEMS + " and " + EVENTS
            );
        }
        for (String name : List.of(ITEMS, EVENTS)) {
            if (Files.isRegularFile(folder.resolve(name)) == false) {
                throw new IllegalArgumentException(
                    "[" + folder.resolve(name) + "] is missing: the folder must hold " + ITEMS + " and " + EVENTS
                );
            }
        }
        return new CsvFolder(folder, signals).read();
    }

    @FunctionalInterface
    private interface Row {
        void read(Columns columns, List<String> row);
    }

    private LoadedDataset read() throws IOException {
        double low = lowest;
        double high = highest;
        DatasetBuilder builder = readOnce();
        if (lowest < low || highest > high) {
            // ratings exceed the usual scale, which is known only now: their weights depend on it
            notes.clear();
            builder = readOnce();
            notes.add(
                "ratings are taken to be on a scale from " + plain(lowest) + " to " + plain(highest)
                    + ", the lowest and highest seen"
            );
        }
        Map<Integer, int[]> candidates = Files.exists(folder.resolve(CANDIDATES)) ? candidates(builder) : null;
        return new LoadedDataset(builder.build(), candidates, notes);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** Reads the items alone, for data sets whose events have a format of their own. */
    static void readItems(Path folder, DatasetBuilder builder) throws IOException {
        new CsvFolder(folder, Map.of()).items(builder);
    }

    /** @return number of rows that name an item again */
    private int items(DatasetBuilder builder) throws IOException {
        int[] duplicates = new int[1];
        rows(ITEMS, List.of("item"), (columns, row) -> {
            List<String> texts = columns.names()
                .stream()
                .filter(name -> name.equals("item") == false)
                .map(name -> columns.get(row, name).strip())
                .filter(text -> text.isEmpty() == false)
                .toList();
            duplicates[0] += builder.item(required(columns, row, "item"), String.join(". ", texts)) ? 0 : 1;
        });
        return duplicates[0];
    }

    private DatasetBuilder readOnce() throws IOException {
        DatasetBuilder builder = new DatasetBuilder();
        int[] duplicates = new int[1];
        duplicates[0] = items(builder);
        if (duplicates[0] > 0) {
            notes.add("[" + duplicates[0] + "] rows of " + ITEMS + " name an item again: the first text stays");
        }
        int[] unknown = new int[1];
        int[] impressions = new int[1];
        Map<String, Integer> types = new TreeMap<>();
        rows(EVENTS, List.of("user", "item", "type", "timestamp"), (columns, row) -> {
            String user = required(columns, row, "user");
            String item = columns.get(row, "item").strip();
            String type = required(columns, row, "type");
            String text = columns.get(row, "text").strip();
            long time = time(required(columns, row, "timestamp"));
            double weight = weight(type, columns.get(row, "value").strip());
            if (signals.containsKey(type) == false) {
                types.merge(type, 1, Integer::sum);
            }
            if (type.equals(IMPRESSION)) {
                impressions[0]++;
            } else if (item.isEmpty() && text.isEmpty() == false) {
                builder.search(user, text, weight, time);
            } else if (item.isEmpty()) {
                throw new IllegalArgumentException("has neither an [item] nor a [text]");
            } else if (builder.knowsItem(item) && type.equals(RATING)) {
                builder.rating(user, item, weight, Double.parseDouble(columns.get(row, "value").strip()), time);
            } else if (builder.knowsItem(item)) {
                builder.event(user, item, weight, signals.getOrDefault(type, 1.0) >= 0, time);
            } else {
                unknown[0]++;
            }
        });
        types.remove(IMPRESSION);
        if (types.isEmpty() == false) {
            notes.add("event types without a signal count with weight 1: " + types.keySet());
        }
        if (impressions[0] > 0) {
            notes.add("[" + impressions[0] + "] impressions were skipped: an impression is no evidence");
        }
        if (unknown[0] > 0) {
            notes.add("[" + unknown[0] + "] events of items that " + ITEMS + " does not hold were skipped");
        }
        return builder;
    }

    private Map<Integer, int[]> candidates(DatasetBuilder builder) throws IOException {
        Map<String, Integer> users = builder.userNumbers();
        Map<String, Integer> items = builder.itemNumbers();
        Map<Integer, BitSet> lists = new HashMap<>();
        int[] skipped = new int[1];
        rows(CANDIDATES, List.of("user", "item"), (columns, row) -> {
            Integer user = users.get(required(columns, row, "user"));
            Integer item = items.get(required(columns, row, "item"));
            if (user == null || item == null) {
                skipped[0]++;
            } else {
                lists.computeIfAbsent(user, u -> new BitSet()).set(item);
            }
        });
        if (skipped[0] > 0) {
            notes.add(
                "[" + skipped[0] + "] rows of " + CANDIDATES
                    + " name a user without events or an unknown item and were skipped"
            );
        }
        Map<Integer, int[]> result = new HashMap<>();
        lists.forEach((user, list) -> result.put(user, list.stream().toArray()));
        return result;
    }

    private double weight(String type, String value) {
        double signal = signals.getOrDefault(type, 1.0);
        if (type.equals(RATING) == false) {
            return signal;
        }
        double rating;
        try {
            rating = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            rating = Double.NaN;
        }
        if (Double.isFinite(rating) == false) {
            throw new IllegalArgumentException("is a rating whose [value] must be a number, but was [" + value + "]");
        }
        lowest = Math.min(lowest, rating);
        highest = Math.max(highest, rating);
        return signal * (2 * (rating - lowest) / (highest - lowest) - 1);
    }

    private static long time(String text) {
        // databases put a space where ISO 8601 has a T
        String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11)
            : text;
        long millis;
        try {
            millis = Timestamps.parse(iso);
        } catch (DateTimeException e) {
            millis = -1;
        }
        if (millis < 0) {
            throw new IllegalArgumentException(
                "has a [timestamp] that must be ISO 8601 or milliseconds since 1970, but was [" + text + "]"
            );
        }
        return millis;
    }

    private static String required(Columns columns, List<String> row, String name) {
        String value = columns.get(row, name).strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("has no [" + name + "]");
        }
        return value;
    }

    private void rows(String file, List<String> needed, Row reader) throws IOException {
        Path path = folder.resolve(file);
        var decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (CsvReader csv = new CsvReader(new InputStreamReader(Files.newInputStream(path), decoder))) {
            List<String> header = read(path, csv);
            Columns columns = new Columns(path.toString(), header);
            columns.require(needed.toArray(String[]::new));
            for (List<String> row = read(path, csv); row != null; row = read(path, csv)) {
                if (row.size() > columns.count()) {
                    throw new IllegalArgumentException(
                        "[" + path + "] line [" + csv.line() + "] has [" + row.size()
                            + "] fields, but the first line names [" + columns.count()
                            + "] columns: a field with a comma needs quotes"
                    );
                }
                try {
                    reader.read(columns, row);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("[" + path + "] line [" + csv.line() + "] " + e.getMessage(), e);
                }
            }
        }
    }

    private static List<String> read(Path path, CsvReader csv) throws IOException {
        try {
            return csv.next();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("[" + path + "] " + e.getMessage(), e);
        }
    }
}
