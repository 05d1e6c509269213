package org.opensearch.interest.core.profile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The words that a topic's evidence used most, and how often: enough to name it by. Immutable, thread-safe. */
public final class TermCounts {
    private static final int KEPT = 10;
    private static final int LONGEST = 24;
    private static final int SHORTEST = 3;
    private static final TermCounts NONE = new TermCounts(Map.of());

    /** Words that name nothing. */
    private static final Set<String> EMPTY_WORDS = Set.of(
        "the", "and", "for", "with", "that", "this", "not", "from", "into", "without", "over", "under", "per", "your",
        "you", "are", "was", "has", "its", "all", "any", "who", "how", "what", "when", "where", "which", "out", "off",
        "one", "two", "set", "new", "good", "best", "some"
    );

    private final Map<String, Float> counts;

    TermCounts(Map<String, Float> counts) {
        this.counts = counts;
    }

    static TermCounts none() {
        return NONE;
    }

    /** Lower-case runs of letters and digits, each once. */
    static Set<String> in(String text) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+", 0)) {
            if (word.length() >= SHORTEST && word.length() <= LONGEST && EMPTY_WORDS.contains(word) == false) {
                words.add(word);
            }
        }
        return words;
    }

    /** The rarest are dropped where there are too many; of equals the newest stay. */
    TermCounts plus(String text, double weight) {
        Set<String> said = in(text);
        if (said.isEmpty()) {
            return this;
        }
        Map<String, Float> more = new LinkedHashMap<>(counts);
        said.forEach(word -> more.merge(word, (float) weight, Float::sum));
        return new TermCounts(bounded(more));
    }

    /** As if this had not been said; words that nothing else said are gone. */
    TermCounts minus(String text, double weight) {
        Map<String, Float> fewer = new LinkedHashMap<>(counts);
        in(text).forEach(
            word -> fewer.computeIfPresent(
                word, (same, count) -> count - (float) weight > weight * 1e-3 ? count - (float) weight : null
            )
        );
        return new TermCounts(fewer);
    }

    TermCounts plus(TermCounts others) {
        Map<String, Float> more = new LinkedHashMap<>(counts);
        others.counts.forEach((word, count) -> more.merge(word, count, Float::sum));
        return new TermCounts(bounded(more));
    }

    private static Map<String, Float> bounded(Map<String, Float> counts) {
        while (counts.size() > KEPT) {
            String rarest = null;
            for (Map.Entry<String, Float> entry : counts.entrySet()) {
                if (rarest == null || entry.getValue() < counts.get(rarest)) {
                    rarest = entry.getKey();
                }
            }
            counts.remove(rarest);
        }
        return counts;
    }

    /**
     * The words that set this topic apart: used often here, rarely in the others of the same user, and rare in the
     * catalogue.
     *
     * @param rarity by word, ≥ 0
     */
    List<String> label(List<TermCounts> others, ToDoubleFunction<String> rarity, int length) {
        Map<String, Double> worth = new LinkedHashMap<>();
        counts.forEach((word, count) -> {
            double elsewhere = others.stream().mapToDouble(other -> other.counts.getOrDefault(word, 0f)).sum();
            worth.put(word, count * (count / (count + elsewhere)) * rarity.applyAsDouble(word));
        });
        return worth.entrySet()
            .stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
            .limit(length)
            .map(Map.Entry::getKey)
            .toList();
    }

    /** How often each word was used, by weight; not to be changed. */
    public Map<String, Float> counts() {
        return counts;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TermCounts other && counts.equals(other.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }
}
