package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.evaluation.data.DatasetBuilder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * MIND (Wu et al.: "MIND: A Large-scale Dataset for News Recommendation", ACL 2020): impressions of news with the
 * clicks. Clicks are events at the time of their impression. A user's earlier clicks have no times of their own and are
 * placed one second apart before the first impression, in their order. The candidates of a user are the items of the
 * user's last impression, without the other clicks of that impression.
 */
final class Mind {
    static final String BEHAVIORS = "behaviors.tsv";
    static final String NEWS = "news.tsv";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US);
    private static final double CLICK = 1;

    private final DatasetBuilder builder = new DatasetBuilder();
    private final List<Impression> impressions = new ArrayList<>();
    private final Map<String, Long> firstTime = new HashMap<>();
    private final Map<String, String> history = new HashMap<>();
    private long unlabelled;

    private Mind() {}

    /** @param shown ids, each followed by "-1" if it was clicked and "-0" if not */
    private record Impression(String user, long time, String shown) {}

    static LoadedDataset read(Path folder) throws IOException {
        return new Mind().readFrom(folder);
    }

    private LoadedDataset readFrom(Path folder) throws IOException {
        // id, category, subcategory, title, abstract, address, entities of the title, entities of the abstract
        DelimitedText
            .rows(folder.resolve(NEWS), StandardCharsets.UTF_8, "\t", 4, news -> builder.item(news[0], text(news)));
        DelimitedText.rows(folder.resolve(BEHAVIORS), StandardCharsets.UTF_8, "\t", 5, row -> {
            long time = time(row[2]);
            if (time < firstTime.getOrDefault(row[1], Long.MAX_VALUE)) {
                firstTime.put(row[1], time);
                history.put(row[1], row[3].strip());
            }
            impressions.add(new Impression(row[1], time, row[4].strip()));
        });
        history.forEach((user, clicks) -> {
            String[] items = clicks.isEmpty() ? new String[0] : clicks.split(" ");
            for (int n = 0; n < items.length; n++) {
                if (builder.knowsItem(items[n])) {
                    builder.event(user, items[n], CLICK, true, firstTime.get(user) - 1000L * (items.length - n));
                }
            }
        });
        Map<String, Impression> last = new HashMap<>();
        for (Impression impression : impressions) {
            Set<String> clicked = clicked(impression);
            clicked.forEach(item -> builder.event(impression.user, item, CLICK, true, impression.time));
            if (clicked.isEmpty() == false) {
                last.merge(impression.user, impression, (entry, other) -> other.time >= entry.time ? other : entry);
            }
        }
        List<String> notes = new ArrayList<>(
            List.of(
                "MIND: earlier clicks have no times and are put before each user's first impression; what was shown last is ranked"
            )
        );
        if (unlabelled > 0) {
            notes.add("[" + unlabelled + "] impressions do not say what was clicked and were skipped");
        }
        return new LoadedDataset(builder.build(), candidates(last), notes);
    }

    private static String text(String[] news) {
        String summary = news.length > 4 ? news[4].strip() : "";
        return news[3].strip() + ". " + news[1].strip() + ", " + news[2].strip()
            + (summary.isEmpty() ? "" : ". " + summary);
    }

    private Set<String> clicked(Impression impression) {
        Set<String> clicked = new LinkedHashSet<>();
        boolean labelled = false;
        for (String entry : impression.shown.split(" ", 0)) {
            labelled |= entry.endsWith("-1") || entry.endsWith("-0");
            if (entry.endsWith("-1") && builder.knowsItem(entry.substring(0, entry.length() - 2))) {
                clicked.add(entry.substring(0, entry.length() - 2));
            }
        }
        unlabelled += labelled ? 0 : 1;
        return clicked;
    }

    private Map<Integer, int[]> candidates(Map<String, Impression> last) {
        Map<String, Integer> users = builder.userNumbers();
        Map<String, Integer> items = builder.itemNumbers();
        Map<Integer, int[]> candidates = new HashMap<>();
        last.forEach((user, impression) -> {
            List<String> clicks = new ArrayList<>(clicked(impression));
            Set<String> earlier = new HashSet<>(clicks.subList(0, clicks.size() - 1));
            BitSet list = new BitSet();
            Arrays.stream(impression.shown.split(" ", 0))
                .map(entry -> entry.substring(0, Math.max(0, entry.length() - 2)))
                .filter(item -> items.containsKey(item) && earlier.contains(item) == false)
                .forEach(item -> list.set(items.get(item)));
            candidates.put(users.get(user), list.stream().toArray());
        });
        return candidates;
    }

    private static long time(String text) {
        try {
            return LocalDateTime.parse(text.strip(), TIME).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                "has a time that must be like [11/15/2019 8:55:22 AM], but was [" + text + "]", e
            );
        }
    }
}
