package org.opensearch.interest.core.evaluation.method;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The methods by name. A name may end in a length of time in days, such as {@code _7d} or {@code _365d}: the half-life
 * of what fades, or the window of what is popular; {@code _uniform} for none.
 */
public final class MethodNames {
    /** Our method, which learns; made elsewhere. */
    public static final String INTEREST = "interest";
    /** Our method from texts alone. */
    public static final String TEXTS = "interest_texts";
    /** What a tracker's search makes of all of its parts, under learned weights. */
    public static final String BLEND = "blend";
    /** Its content part alone, as a search without anything learned has it. */
    public static final String CONTENT = "interest_content";

    /** What runs where nobody says which. */
    public static final List<String> DEFAULT = List.of(
        "random", "popular", "recent_popular", "recent_popular_28d", "past_items", "item_knn", "bag_of_words",
        "bm25_profile", "last_item", "mean", "decayed", "short_long", "centred", "whitened", "geometry", "topics",
        "words_popularity", "content_popularity", CONTENT, BLEND, TEXTS, INTEREST
    );

    private static final List<String> OURS = List.of(CONTENT, BLEND, TEXTS, INTEREST);
    private static final Pattern TIMED = Pattern.compile("(.+?)_(?:(\\d{1,5})d|uniform)");
    private static final double DAY = ContentParams.DAY;
    private static final double QUARTER = 90 * DAY;

    private record Kind(double ifAbsent, BiFunction<ScorerFactory, Double, Scorer> make) {}

    private static final Map<String, Kind> KINDS = new TreeMap<>(
        Map.ofEntries(
            Map.entry("random", new Kind(0, (w, t) -> w.random())),
            Map.entry("popular", new Kind(Double.POSITIVE_INFINITY, ScorerFactory::popularity)),
            Map.entry("recent_popular", new Kind(7 * DAY, ScorerFactory::popularity)),
            Map.entry("past_items", new Kind(Double.POSITIVE_INFINITY, ScorerFactory::pastThenPopular)),
            Map.entry("item_knn", new Kind(QUARTER, ScorerFactory::coEngagement)),
            Map.entry("bag_of_words", new Kind(QUARTER, (w, t) -> w.words(BagOfWords.Weighting.TF_IDF, t))),
            Map.entry("bm25_profile", new Kind(QUARTER, (w, t) -> w.words(BagOfWords.Weighting.BM25, t))),
            Map.entry("last_item", new Kind(0, (w, t) -> w.lastItem())),
            Map.entry(
                "mean",
                new Kind(Double.POSITIVE_INFINITY, (w, t) -> w.content(ContentParams.plain(VectorTransform.RAW, t)))
            ),
            Map.entry("decayed", new Kind(QUARTER, (w, t) -> w.content(ContentParams.plain(VectorTransform.RAW, t)))),
            Map.entry(
                "short_long",
                new Kind(
                    QUARTER,
                    (w, t) -> w
                        .content(new ContentParams(VectorTransform.RAW, 7 * DAY, DecayFunction.time(t), 0.4, false))
                )
            ),
            Map.entry(
                "centred", new Kind(QUARTER, (w, t) -> w.content(ContentParams.plain(VectorTransform.CENTRED, t)))
            ),
            Map.entry(
                "whitened", new Kind(QUARTER, (w, t) -> w.content(ContentParams.plain(VectorTransform.WHITENED, t)))
            ),
            Map.entry("geometry", new Kind(QUARTER, (w, t) -> w.content(ContentParams.plain(VectorTransform.SUM, t)))),
            Map.entry("topics", new Kind(QUARTER, (w, t) -> w.topics(ContentParams.plain(VectorTransform.SUM, t), 8))),
            Map.entry(
                "raw_topics", new Kind(QUARTER, (w, t) -> w.topics(ContentParams.plain(VectorTransform.RAW, t), 8))
            ),
            Map.entry(
                "whitened_topics",
                new Kind(QUARTER, (w, t) -> w.topics(ContentParams.plain(VectorTransform.WHITENED, t), 8))
            ),
            Map.entry(
                "words_popularity",
                new Kind(28 * DAY, (w, t) -> w.product(w.words(BagOfWords.Weighting.TF_IDF, QUARTER), w.popularity(t)))
            ),
            Map.entry(
                "content_popularity",
                new Kind(
                    7 * DAY,
                    (w, t) -> w
                        .product(w.content(ContentParams.plain(VectorTransform.WHITENED, QUARTER)), w.popularity(t))
                )
            )
        )
    );

    private MethodNames() {}

    /** @throws IllegalArgumentException naming what there is */
    public static void require(String name) {
        if (OURS.contains(name) == false && kind(name) == null) {
            throw new IllegalArgumentException(
                "unknown method [" + name + "]: there are " + all()
                    + ", most of them also with a length of time such as [item_knn_30d]"
            );
        }
    }

    private static List<String> all() {
        return Stream.concat(OURS.stream(), KINDS.keySet().stream()).sorted().toList();
    }

    private static Kind kind(String name) {
        Kind exact = KINDS.get(name);
        if (exact != null) {
            return exact;
        }
        Matcher timed = TIMED.matcher(name.toLowerCase(Locale.ROOT));
        if (timed.matches() == false || KINDS.containsKey(timed.group(1)) == false) {
            return null;
        }
        double time = timed.group(2) == null ? Double.POSITIVE_INFINITY : Integer.parseInt(timed.group(2)) * DAY;
        return new Kind(time, KINDS.get(timed.group(1)).make());
    }

    public static Scorer make(String name, ScorerFactory scorers) {
        Kind kind = kind(name);
        return kind.make().apply(scorers, kind.ifAbsent());
    }
}
