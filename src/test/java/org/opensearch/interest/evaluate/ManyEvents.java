package org.opensearch.interest.evaluate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes a synthetic data set of any size as items.csv and events.csv: users who keep to a few of fifty kinds of items,
 * a few items with many engagements, two years of time. Shows the cost of a run, not the quality of a ranking.
 * Arguments: folder, events, users, items.
 */
final class ManyEvents {
    private static final String[] THINGS = { "shoes", "mug", "seeds", "lamp", "novel", "kite", "teapot", "scarf",
        "puzzle", "candle" };
    private static final String[] LOOKS = { "red", "blue", "woollen", "wooden", "tiny" };
    private static final int KINDS = THINGS.length * LOOKS.length;
    private static final long START = 1_600_000_000_000L;
    private static final long SPAN = 2L * 365 * 86_400_000;

    private ManyEvents() {}

    public static void main(String[] words) throws IOException {
        write(Path.of(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
    }

    static void write(Path folder, int events, int users, int items) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        Files.createDirectories(folder);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(CsvFolder.ITEMS))) {
            out.write("item,title\n");
            for (int i = 0; i < items; i++) {
                out.write(
                    String.format(
                        Locale.ROOT, "i%d,%s %s %d\n", i, LOOKS[i % KINDS / THINGS.length], THINGS[i % THINGS.length],
                        i / KINDS
                    )
                );
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(CsvFolder.EVENTS))) {
            out.write("user,item,type,timestamp\n");
            for (int e = 0; e < events; e++) {
                int user = random.nextInt(users);
                // three kinds per user; within a kind, and over all, the first items get the most engagements
                int kind = (user * 31 + random.nextInt(3) * 7) % KINDS;
                int ofOneKind = items / KINDS;
                int rank = (int) (ofOneKind * Math.pow(random.nextDouble(), 3));
                int item = random.nextInt(5) == 0 ? (int) (items * Math.pow(random.nextDouble(), 3))
                    : Math.min(items - 1, rank * KINDS + kind);
                long time = START + (long) (SPAN * random.nextDouble());
                out.write("u" + user + ",i" + item + (random.nextInt(4) == 0 ? ",purchase," : ",click,") + time + "\n");
            }
        }
    }
}
