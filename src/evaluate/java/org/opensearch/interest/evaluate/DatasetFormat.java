package org.opensearch.interest.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Formats of data sets, detected by the names of their files. */
enum DatasetFormat {
    CSV("csv", CsvFolder.ITEMS + " and " + CsvFolder.EVENTS) {
        @Override
        boolean recognises(Path folder) {
            return has(folder, CsvFolder.ITEMS) && has(folder, CsvFolder.EVENTS);
        }

        @Override
        LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException {
            return CsvFolder.read(folder, signals);
        }
    },
    MOVIE_LENS("movielens", "ratings.csv and movies.csv, ratings.dat and movies.dat, or u.data and u.item") {
        @Override
        boolean recognises(Path folder) {
            return MovieLens.recognises(folder);
        }

        @Override
        LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException {
            return MovieLens.read(folder);
        }
    },
    MIND("mind", Mind.BEHAVIORS + " and " + Mind.NEWS) {
        @Override
        boolean recognises(Path folder) {
            return has(folder, Mind.BEHAVIORS) && has(folder, Mind.NEWS);
        }

        @Override
        LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException {
            return Mind.read(folder);
        }
    },
    UBI("ubi", "ubi_events and optionally ubi_queries (.ndjson, .json, .jsonl or .csv), and optionally items.csv") {
        @Override
        boolean recognises(Path folder) {
            return Ubi.file(folder, Ubi.EVENTS) != null;
        }

        @Override
        LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException {
            return Ubi.read(folder, signals);
        }
    },
    ONLINE_RETAIL(OnlineRetail.NAME, OnlineRetail.FILE) {
        @Override
        boolean recognises(Path folder) {
            return OnlineRetail.file(folder) != null;
        }

        @Override
        LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException {
            return OnlineRetail.read(folder);
        }
    },
    X_WINES(XWines.NAME, XWines.FILE) {
        @Override
        boolean recognises(Path folder) {
            return XWines.file(folder) != null;
        }

        @Override
        LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException {
            return XWines.read(folder);
        }
    };

    private final String option;
    private final String files;

    DatasetFormat(String option, String files) {
        this.option = option;
        this.files = files;
    }

    abstract boolean recognises(Path folder);

    abstract LoadedDataset read(Path folder, Map<String, Double> signals) throws IOException;

    private static boolean has(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name));
    }

    static String[] options() {
        return Arrays.stream(values()).map(format -> format.option).toArray(String[]::new);
    }

    /**
     * @param option null to detect the format by the names of the files
     * @throws IllegalArgumentException if the folder holds no data set, or several
     */
    static DatasetFormat of(Path folder, String option) {
        if (Files.isDirectory(folder) == false) {
            throw new IllegalArgumentException("[" + folder + "] is no folder: it must hold " + CSV.files);
        }
        if (option != null) {
            DatasetFormat format = Arrays.stream(values())
                .filter(known -> known.option.equals(option))
                .findFirst()
                .orElseThrow();
            if (format.recognises(folder) == false) {
                throw new IllegalArgumentException(
                    "[" + folder + "] is no data set of the form [" + option + "]: it must hold " + format.files
                );
            }
            return format;
        }
        List<DatasetFormat> found = Arrays.stream(values()).filter(format -> format.recognises(folder)).toList();
        if (found.contains(CSV)) {
            return CSV;
        }
        if (found.isEmpty()) {
            String missing = has(folder, CsvFolder.ITEMS) ? CsvFolder.EVENTS : CsvFolder.ITEMS;
            StringBuilder allowed = new StringBuilder();
            for (DatasetFormat format : values()) {
                allowed.append("; or ").append(format.files);
            }
            throw new IllegalArgumentException(
                "[" + folder.resolve(missing) + "] is missing: the folder must hold " + allowed.substring(5)
            );
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                "[" + folder + "] holds several data sets: [--dataset] must name one of "
                    + found.stream().map(format -> format.option).toList()
            );
        }
        return found.get(0);
    }
}
