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
 * Methods by name. A name may end in a length of time in days, such as {@code _7d} or {@code _365d}: the half-life of a
 * decay, or the window of popularity; {@code _uniform} for none.
 */
public final class MethodNames {
    /** Our method, which learns; created elsewhere. */
    public static final String INTEREST = "interest";
    /** Our method, restricted to texts. */
    public static final String TEXTS = "interest_texts";
    /** A tracker's ranking with all of its components, under learned weights. */
    public static final String BLEND = "blend";
    /** A tracker's content component alone, as a search ranks without anything learned. */
    public static final String CONTENT = "interest_content";

    /** Methods that run if none are named. */
    public static final List<String> DEFAULT = List.of(
        "random", "popular", "recent_popular", "recent_popular_28d", "past_items", "item_knn", "bag_of_words",
        "bm25_profile", "last_item", "mean", "decayed", "short_long", "centred", "whitened", "geometry", "topics",
        "words_popularity", "content_popularity", CONTENT, BLEND, TEXTS, INTEREST
    );

    private static final List<String> OURS = List.of(CONTENT, BLEND, TEXTS, INTEREST);
    private static final Pattern TIMED = Pattern.compile("(.+?)_(?:(\\d{1,5})d|uniform)");
    private static final double DAY = ContentParams.DAY;
    private static final double QUARTER = 90 * DAY;

    private record Definition(double defaultTime, BiFunction<ScorerFactory, Double, Scorer> make) {}

    private static final Map<String, Definition> DEFINITIONS = new TreeMap<>(
        Map.ofEntries(
            Map.entry("random", new Definition(0, (factory, time) -> factory.random())),
            Map.entry("popular", new Definition(Double.POSITIVE_INFINITY, ScorerFactory::popularity)),
            Map.entry("recent_popular", new Definition(7 * DAY, ScorerFactory::popularity)),
            Map.entry("past_items", new Definition(Double.POSITIVE_INFINITY, ScorerFactory::pastThenPopular)),
            Map.entry("item_knn", new Definition(QUARTER, ScorerFactory::coEngagement)),
            Map.entry(
                "bag_of_words",
                new Definition(QUARTER, (factory, time) -> factory.words(BagOfWords.Weighting.TF_IDF, time))
            ),
            Map.entry(
                "bm25_profile",
                new Definition(QUARTER, (factory, time) -> factory.words(BagOfWords.Weighting.BM25, time))
            ), Map.entry("last_item", new Definition(0, (factory, time) -> factory.lastItem())),
            Map.entry(
                "mean",
                new Definition(
                    Double.POSITIVE_INFINITY,
                    (factory, time) -> factory.content(ContentParams.plain(VectorTransform.RAW, time))
                )
            ),
            Map.entry(
                "decayed",
                new Definition(
                    QUARTER, (factory, time) -> factory.content(ContentParams.plain(VectorTransform.RAW, time))
                )
            ),
            Map.entry(
                "short_long",
                new Definition(
                    QUARTER,
                    (factory, time) -> factory
                        .content(new ContentParams(VectorTransform.RAW, 7 * DAY, DecayFunction.time(time), 0.4, false))
                )
            ),
            Map.entry(
                "centred",
                new Definition(
                    QUARTER, (factory, time) -> factory.content(ContentParams.plain(VectorTransform.CENTRED, time))
                )
            ),
            Map.entry(
                "whitened",
                new Definition(
                    QUARTER, (factory, time) -> factory.content(ContentParams.plain(VectorTransform.WHITENED, time))
                )
            ),
            Map.entry(
                "geometry",
                new Definition(
                    QUARTER, (factory, time) -> factory.content(ContentParams.plain(VectorTransform.SUM, time))
                )
            ),
            Map.entry(
                "topics",
                new Definition(
                    QUARTER, (factory, time) -> factory.topics(ContentParams.plain(VectorTransform.SUM, time), 8)
                )
            ),
            Map.entry(
                "raw_topics",
                new Definition(
                    QUARTER, (factory, time) -> factory.topics(ContentParams.plain(VectorTransform.RAW, time), 8)
                )
            ),
            Map.entry(
                "whitened_topics",
                new Definition(
                    QUARTER, (factory, time) -> factory.topics(ContentParams.plain(VectorTransform.WHITENED, time), 8)
                )
            ),
            Map.entry(
                "words_popularity",
                new Definition(
                    28 * DAY,
                    (factory, time) -> factory
                        .product(factory.words(BagOfWords.Weighting.TF_IDF, QUARTER), factory.popularity(time))
                )
            ),
            Map.entry(
                "content_popularity",
                new Definition(
                    7 * DAY,
                    (factory, time) -> factory.product(
                        factory.content(ContentParams.plain(VectorTransform.WHITENED, QUARTER)),
                        factory.popularity(time)
                    )
                )
            )
        )
    );

    private MethodNames() {}

    /** @throws IllegalArgumentException if the name is unknown; the message lists the known names */
    public static void require(String name) {
        if (OURS.contains(name) == false && definition(name) == null) {
            throw new IllegalArgumentException(
                "unknown method [" + name + "]: there are " + all()
                    + ", most of them also with a length of time such as [item_knn_30d]"
            );
        }
    }

    private static List<String> all() {
        return Stream.concat(OURS.stream(), DEFINITIONS.keySet().stream()).sorted().toList();
    }

    private static Definition definition(String name) {
        Definition exact = DEFINITIONS.get(name);
        if (exact != null) {
            return exact;
        }
        Matcher timed = TIMED.matcher(name.toLowerCase(Locale.ROOT));
        if (timed.matches() == false || DEFINITIONS.containsKey(timed.group(1)) == false) {
            return null;
        }
        double time = timed.group(2) == null ? Double.POSITIVE_INFINITY : Integer.parseInt(timed.group(2)) * DAY;
        return new Definition(time, DEFINITIONS.get(timed.group(1)).make());
    }

    public static Scorer make(String name, ScorerFactory factory) {
        Definition definition = definition(name);
        return definition.make().apply(factory, definition.defaultTime());
    }
}
