package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.evaluation.method.MethodNames;
import org.opensearch.interest.core.evaluation.report.EvaluationSpec;
import org.opensearch.interest.core.tracking.Timestamps;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Arguments of the command line.
 *
 * @param folder     with the data
 * @param dataset    the format of the data; null to detect it by the names of the files
 * @param protocol   leave-one-out, split or rolling
 * @param split      milliseconds since 1970; null for the time by which nine tenths of the events have happened
 * @param until      events from this time on are ignored
 * @param repeats    null if the data decide
 * @param candidates number of other items to rank with the targets; 0 for all
 * @param users      largest number of users; 0 if none is given
 * @param json       null for none
 * @param html       null for none
 * @param cache      where vectors of texts are stored
 */
record Arguments(
    Path folder,
    String dataset,
    String protocol,
    Long split,
    long until,
    Boolean repeats,
    int candidates,
    int k,
    int users,
    long seed,
    List<String> methods,
    boolean sweep,
    Path json,
    Path html,
    Path cache,
    int threads
) {
    /** Largest number of cases: the figures of twenty methods take a hundred megabytes. */
    private static final int MOST_CASES = 50_000;

    static final String USAGE = """
        usage: bin/evaluate FOLDER [options]

          FOLDER                   holds items.csv (item,title and further texts), events.csv (user,item,type,timestamp and
                                   optionally value, text) and optionally candidates.csv (user,item)
          --dataset NAME           format of the data, if the names of the files do not show it: csv, movielens, mind, ubi,
                                   online-retail or x-wines
          --protocol NAME          leave-one-out (default), split, or rolling (every event after the split is a target)
          --split TIME             ISO 8601 or milliseconds since 1970; implies --protocol split
          --until TIME             events from then on are ignored
          --repeats | --new-only   whether items that a user engaged with before may be targets; by default the data decide
          --candidates all|N       rank all items, or the targets among N others drawn by the seed (default all)
          --k N                    length of the lists measured (default 10)
          --users N                at most that many users, drawn by the seed (default 20000,
                                   fewer if there are more than 5000 items)
          --seed N                 (default 42)
          --methods A,B,…          names of methods; by default, all that are commonly compared
          --defaults               run our method with default settings, under the name interest, beside the methods named
          --sweep                  also try parameters of content-based interest, on the validation part alone
          --json FILE              write the report as JSON
          --html FILE              write the report as a page with plots
          --cache FOLDER           keep embedded texts there (default: a folder in the system's temporary one)
          --threads N              (default: the processor's cores)
          --help                   this text

        Exit codes: 0 done, 1 failed, 2 wrong arguments or data.
        """;

    static Arguments parse(String[] words) {
        Path folder = null;
        String dataset = null;
        String protocol = null;
        Long split = null;
        long until = Long.MAX_VALUE;
        Boolean repeats = null;
        int candidates = 0;
        int k = 10;
        int users = 0;
        long seed = 42;
        List<String> methods = null;
        boolean defaults = false;
        boolean sweep = false;
        Path json = null;
        Path html = null;
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "opensearch-interest-evaluate");
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (word.startsWith("--") == false) {
                if (folder != null) {
                    throw new IllegalArgumentException(
                        "one FOLDER is evaluated at a time, but there are [" + folder + "] and [" + word + "]"
                    );
                }
                folder = Path.of(word);
                continue;
            }
            switch (word) {
                case "--repeats", "--new-only" -> {
                    if (repeats != null && repeats != word.equals("--repeats")) {
                        throw new IllegalArgumentException("[--repeats] and [--new-only] exclude each other");
                    }
                    repeats = word.equals("--repeats");
                }
                case "--defaults" -> defaults = true;
                case "--sweep" -> sweep = true;
                default -> {
                    String value = value(words, ++i, word);
                    switch (word) {
                        case "--dataset" -> dataset = oneOf(word, value, DatasetFormat.options());
                        case "--protocol" -> protocol = oneOf(word, value, "leave-one-out", "split", "rolling");
                        case "--split" -> split = time(word, value);
                        case "--until" -> until = time(word, value);
                        case "--candidates" -> candidates = value.equals("all") ? 0 : number(word, value, 1, 1_000_000);
                        case "--k" -> k = number(word, value, 1, 1_000);
                        case "--users" -> users = number(word, value, 2, Integer.MAX_VALUE);
                        case "--seed" -> seed = whole(word, value);
                        case "--methods" -> methods = methods(value);
                        case "--json" -> json = Path.of(value);
                        case "--html" -> html = Path.of(value);
                        case "--cache" -> cache = Path.of(value);
                        case "--threads" -> threads = number(word, value, 1, 256);
                        default -> throw new IllegalArgumentException("unknown option [" + word + "]");
                    }
                }
            }
        }
        if (folder == null) {
            throw new IllegalArgumentException("the FOLDER with the data is missing");
        }
        if (protocol == null) {
            protocol = split == null ? "leave-one-out" : "split";
        }
        if (split != null && protocol.equals("leave-one-out")) {
            throw new IllegalArgumentException(
                "[--split] goes with [--protocol split] or [--protocol rolling], not with leave-one-out"
            );
        }
        List<String> chosen = new ArrayList<>(methods == null ? MethodNames.DEFAULT : methods);
        if (defaults && chosen.contains("interest") == false) {
            chosen.add("interest");
        }
        return new Arguments(
            folder, dataset, protocol, split, until, repeats, candidates, k, users, seed, List.copyOf(chosen), sweep,
            json, html, cache, threads
        );
    }

    /** @param given by user, the items to rank; null if the data name none */
    EvaluationSpec spec(Map<Integer, int[]> given) {
        return new EvaluationSpec(
            protocol, split, until, repeats, given != null, given, candidates, users, MOST_CASES, k, seed
        );
    }

    private static String value(String[] words, int i, String option) {
        if (List
            .of(
                "--dataset", "--protocol", "--split", "--until", "--candidates", "--k", "--users", "--seed",
                "--methods", "--json", "--html", "--cache", "--threads"
            )
            .contains(option) == false) {
            throw new IllegalArgumentException("unknown option [" + option + "]");
        }
        if (i >= words.length) {
            throw new IllegalArgumentException("[" + option + "] needs a value");
        }
        return words[i];
    }

    private static List<String> methods(String value) {
        List<String> names = Arrays.stream(value.split(","))
            .map(String::strip)
            .filter(name -> name.isEmpty() == false)
            .distinct()
            .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("[--methods] must name methods, separated by commas");
        }
        names.forEach(MethodNames::require);
        return names;
    }

    private static String oneOf(String option, String value, String... allowed) {
        if (Arrays.asList(allowed).contains(value) == false) {
            throw new IllegalArgumentException(
                "[" + option + "] must be one of " + Arrays.toString(allowed) + ", but was [" + value + "]"
            );
        }
        return value;
    }

    private static int number(String option, String value, int low, int high) {
        long number = whole(option, value);
        if (number < low || number > high) {
            throw new IllegalArgumentException(
                "[" + option + "] must be a whole number in [" + low + "," + high + "], but was [" + value + "]"
            );
        }
        return (int) number;
    }

    private static long whole(String option, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("[" + option + "] must be a whole number, but was [" + value + "]", e);
        }
    }

    private static long time(String option, String value) {
        try {
            return Timestamps.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                "[" + option + "] must be ISO 8601 or milliseconds since 1970, but was [" + value + "]", e
            );
        }
    }
}
