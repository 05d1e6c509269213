package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.evaluation.data.DatasetBuilder;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * MovieLens (Harper, Konstan: "The MovieLens Datasets", 2015) in its three formats: comma-separated (latest, 20m and
 * later), separated by "::" (1m, 10m), and u.data (100k). Ratings from ½ or 1 to 5 at seconds since 1970. A rating's
 * weight is its position between the middle of the scale (0) and its ends (−1, 1), and every rating, liked or not, is
 * an engagement. The text of a film is its title and genres.
 */
final class MovieLens {
    private static final double MIDDLE = 3;
    private static final double REACH = 2;
    /** Genres in the order of the flags at the end of u.item, one flag per genre. */
    private static final List<String> GENRES = List.of(
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama",
        "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western"
    );
    private static final int FIRST_GENRE = 5;

    private final DatasetBuilder builder = new DatasetBuilder();
    private long unknown;

    private MovieLens() {}

    static boolean recognises(Path folder) {
        return both(folder, "ratings.csv", "movies.csv") || both(folder, "ratings.dat", "movies.dat")
            || both(folder, "u.data", "u.item");
    }

    private static boolean both(Path folder, String one, String other) {
        return Files.isRegularFile(folder.resolve(one)) && Files.isRegularFile(folder.resolve(other));
    }

    static LoadedDataset read(Path folder) throws IOException {
        MovieLens set = new MovieLens();
        if (both(folder, "ratings.csv", "movies.csv")) {
            set.readCommas(folder);
        } else if (both(folder, "ratings.dat", "movies.dat")) {
            DelimitedText.rows(
                folder.resolve("movies.dat"), StandardCharsets.ISO_8859_1, "::", 3,
                film -> set.film(film[0], film[1], film[2])
            );
            DelimitedText.rows(folder.resolve("ratings.dat"), StandardCharsets.UTF_8, "::", 4, set::rating);
        } else {
            DelimitedText.rows(
                folder.resolve("u.item"), StandardCharsets.ISO_8859_1, "|", FIRST_GENRE + GENRES.size(),
                film -> set.film(film[0], film[1], genres(film))
            );
            DelimitedText.rows(folder.resolve("u.data"), StandardCharsets.UTF_8, "\t", 4, set::rating);
        }
        List<String> notes = new ArrayList<>(List.of("MovieLens"));
        if (set.unknown > 0) {
            notes.add("[" + set.unknown + "] ratings of films that the list of films does not hold were skipped");
        }
        return new LoadedDataset(set.builder.build(), null, notes);
    }

    private void readCommas(Path folder) throws IOException {
        try (CsvReader csv = open(folder.resolve("movies.csv"))) {
            Columns columns = new Columns("movies.csv", csv.next());
            columns.require("movieId", "title");
            for (List<String> row = csv.next(); row != null; row = csv.next()) {
                film(columns.get(row, "movieId"), columns.get(row, "title"), columns.get(row, "genres"));
            }
        }
        Path file = folder.resolve("ratings.csv");
        try (CsvReader csv = open(file)) {
            Columns columns = new Columns("ratings.csv", csv.next());
            columns.require("userId", "movieId", "rating", "timestamp");
            for (List<String> row = csv.next(); row != null; row = csv.next()) {
                try {
                    rating(
                        columns.get(row, "userId"), columns.get(row, "movieId"), columns.get(row, "rating"),
                        columns.get(row, "timestamp")
                    );
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("[" + file + "] line [" + csv.line() + "] " + e.getMessage(), e);
                }
            }
        }
    }

    private static CsvReader open(Path file) throws IOException {
        return new CsvReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    }

    private static String genres(String[] film) {
        List<String> names = new ArrayList<>();
        for (int g = 0; g < GENRES.size(); g++) {
            if (film[FIRST_GENRE + g].strip().equals("1")) {
                names.add(GENRES.get(g));
            }
        }
        return String.join("|", names);
    }

    private void film(String id, String title, String genres) {
        String genreText = genres.startsWith("(") ? "" : genres.replace("|", ", ");
        builder.item(id.strip(), title.strip() + (genreText.isBlank() ? "" : ". " + genreText));
    }

    private void rating(String... row) {
        double value = DelimitedText.number("rating", row[2]);
        long time = Math.round(1000 * DelimitedText.number("timestamp", row[3]));
        if (builder.knowsItem(row[1].strip())) {
            builder.rating(row[0].strip(), row[1].strip(), (value - MIDDLE) / REACH, value, time);
        } else {
            unknown++;
        }
    }
}
