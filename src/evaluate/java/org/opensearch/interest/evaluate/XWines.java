package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.evaluation.data.DatasetBuilder;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * X-Wines Slim (de Azambuja et al., 2023): ratings of wines from 1 to 5 over ten years. A rating's weight is its
 * position between the middle of the scale (0) and its ends (−1, 1); every rating, liked or not, is an engagement.
 */
final class XWines {
    static final String NAME = "x-wines";
    static final String FILE = "xwines-slim/XWines_Slim_1K_wines_150K_ratings.zip";
    private static final String ALONE = "XWines_Slim_1K_wines_150K_ratings.zip";
    private static final List<String> DESCRIBED_BY = List.of(
        "WineName", "Type", "Elaborate", "Grapes", "Harmonize", "Body", "Acidity", "Country", "RegionName", "WineryName"
    );
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private XWines() {}

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
        DatasetBuilder builder = new DatasetBuilder();
        try (ZipFile zip = new ZipFile(file(folder).toFile())) {
            try (CsvReader csv = open(zip, "wines.csv")) {
                Columns columns = new Columns("wines", csv.next());
                for (List<String> row = csv.next(); row != null; row = csv.next()) {
                    List<String> current = row;
                    String text = String
                        .join(", ", DESCRIBED_BY.stream().map(name -> columns.get(current, name)).toList());
                    builder.item(columns.get(row, "WineID"), text.replaceAll("[\\[\\]'\"]", "").replace('/', ' '));
                }
            }
            try (CsvReader csv = open(zip, "ratings.csv")) {
                Columns columns = new Columns("ratings", csv.next());
                for (List<String> row = csv.next(); row != null; row = csv.next()) {
                    double rating = Double.parseDouble(columns.get(row, "Rating"));
                    double weight = (rating - 3) / 2;
                    long time = LocalDateTime.parse(columns.get(row, "Date"), TIME)
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
                    builder.rating(columns.get(row, "UserID"), columns.get(row, "WineID"), weight, rating, time);
                }
            }
        }
        return new LoadedDataset(builder.build(), null, List.of("X-Wines Slim, CC0 1.0 (de Azambuja et al., 2023)"));
    }

    private static CsvReader open(ZipFile zip, String suffix) throws IOException {
        ZipEntry entry = zip.stream()
            .filter(e -> e.getName().endsWith(suffix))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(
                    "[" + zip.getName() + "] holds no file that ends in [" + suffix + "]"
                )
            );
        Reader reader = new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8);
        return new CsvReader(reader);
    }
}
