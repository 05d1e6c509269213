package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.evaluation.data.DatasetBuilder;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * UCI Online Retail (Chen, 2015): invoice lines of a wholesaler of gifts. Purchases are lines of a known customer that
 * were not returned, with positive quantity and price and a stock code that starts with five digits. The title of an
 * item is its most frequent description.
 */
final class OnlineRetail {
    static final String NAME = "online-retail";
    static final String FILE = "online-retail/online-retail-by-day.tar.gz";
    private static final String ALONE = "online-retail-by-day.tar.gz";
    private static final Pattern PRODUCT = Pattern.compile("\\d{5}.*");
    private static final double PURCHASE = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private OnlineRetail() {}

    private record Line(String customer, String item, long time) {}

    /**
     * Returns the file of the data set, in a folder of several data sets or in one of its own; null if there is none.
     */
    static Path file(Path folder) {
        Path among = folder.resolve(FILE);
        Path alone = folder.resolve(ALONE);
        return Files.isRegularFile(among) ? among : Files.isRegularFile(alone) ? alone : null;
    }

    /** @param folder one in which {@link #file} finds the file */
    static LoadedDataset read(Path folder) throws IOException {
        Map<String, byte[]> days = new java.util.TreeMap<>();
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file(folder))))) {
            TarEntries entries = new TarEntries(in);
            for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
                days.put(entry.name(), entry.content());
            }
        }
        List<Line> lines = new ArrayList<>();
        Map<String, Map<String, Integer>> titles = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> day : days.entrySet()) {
            try (CsvReader csv = new CsvReader(
                new InputStreamReader(new ByteArrayInputStream(day.getValue()), StandardCharsets.UTF_8)
            )) {
                Columns columns = new Columns(day.getKey(), csv.next());
                for (List<String> row = csv.next(); row != null; row = csv.next()) {
                    String item = columns.get(row, "StockCode").trim();
                    if (isPurchase(columns, row, item)) {
                        titles.computeIfAbsent(item, i -> new HashMap<>())
                            .merge(columns.get(row, "Description").trim(), 1, Integer::sum);
                        long time = LocalDateTime.parse(columns.get(row, "InvoiceDate"), TIME)
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli();
                        lines.add(new Line(columns.get(row, "CustomerID"), item, time));
                    }
                }
            }
        }
        DatasetBuilder builder = new DatasetBuilder();
        titles.forEach((item, names) -> builder.item(item, mostFrequent(names)));
        lines.forEach(line -> builder.event(line.customer, line.item, PURCHASE, true, line.time));
        return new LoadedDataset(builder.build(), null, List.of("UCI Online Retail, CC BY 4.0 (Chen, 2015)"));
    }

    private static boolean isPurchase(Columns columns, List<String> row, String item) {
        return columns.get(row, "CustomerID").isBlank() == false
            && columns.get(row, "InvoiceNo").startsWith("C") == false && PRODUCT.matcher(item).matches()
            && Double.parseDouble(columns.get(row, "Quantity")) > 0
            && Double.parseDouble(columns.get(row, "UnitPrice")) > 0;
    }

    private static String mostFrequent(Map<String, Integer> names) {
        return names.entrySet()
            .stream()
            .max(
                Map.Entry.<String, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()))
            )
            .orElseThrow()
            .getKey();
    }
}
