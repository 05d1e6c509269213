package org.opensearch.interest.core.profile;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The most frequent words of a topic's evidence and their weights, from which its label is made. Immutable,
 * thread-safe.
 */
public final class TermCounts {
    private static final int MAX_TERMS = 10;
    private static final int LONGEST = 24;
    private static final int SHORTEST = 3;
    private static final TermCounts NONE = new TermCounts(Map.of());

    /** Words without meaning of their own, which no label should show. */
    private static final Set<String> STOP_WORDS = Set.of(
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

    /**
     * The words of a text: lower-case runs of letters and digits, of 3 to 24 characters, without stop words, each once.
     */
    static Set<String> in(String text) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+", 0)) {
            if (word.length() >= SHORTEST && word.length() <= LONGEST && STOP_WORDS.contains(word) == false) {
                words.add(word);
            }
        }
        return words;
    }

    /**
     * Adds the words of a text. If there are too many, those of least weight are dropped; of equals the newest stay.
     */
    TermCounts plus(String text, double weight) {
        Set<String> added = in(text);
        if (added.isEmpty()) {
            return this;
        }
        Map<String, Float> more = new LinkedHashMap<>(counts);
        added.forEach(word -> more.merge(word, (float) weight, Float::sum));
        return new TermCounts(bounded(more));
    }

    /** Removes the words of a text that was added before; a word with nothing left but a rounding error is dropped. */
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
        while (counts.size() > MAX_TERMS) {
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
     * The words that distinguish this topic: frequent here, infrequent in the user's other topics, and rare in the
     * catalogue.
     *
     * @param rarity by word, ≥ 0; larger for rarer words
     * @param length the most words of the label
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

    /** The weight of the evidence that used each word; not to be changed. */
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
