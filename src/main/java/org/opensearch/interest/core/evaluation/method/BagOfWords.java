package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ranks items by the words that they share with the user's engagements: the decayed sum of the history's word vectors,
 * compared with the word vector of each item. Search engines offer this without any model.
 */
public final class BagOfWords implements Scorer {
    /** Weight of a word in an item. */
    public enum Weighting {
        /** tf · ln(N/df), items of unit length */
        TF_IDF,
        /**
         * Robertson, Zaragoza: "The Probabilistic Relevance Framework", 2009; k1 = 1.2, b = 0.75; the profile counts
         * each word of an item once
         */
        BM25
    }

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private final Dataset data;
    private final Index index;
    private final DecayFunction decay;

    /** Words of items, and items of words. Does not depend on the half-life, so that all half-lives share it. */
    public static final class Index {
        private final int[][] words;
        private final float[][] weight;
        private final int[][] postings;
        private final float[][] postingWeight;
        private final boolean bm25;

        public Index(List<String> texts, Weighting weighting) {
            bm25 = weighting == Weighting.BM25;
            Map<String, Integer> numbers = new HashMap<>();
            List<TreeMap<Integer, Integer>> bags = new ArrayList<>();
            List<Integer> frequency = new ArrayList<>();
            long length = 0;
            for (String text : texts) {
                TreeMap<Integer, Integer> bag = new TreeMap<>();
                Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
                while (matcher.find()) {
                    int word = numbers.computeIfAbsent(matcher.group(), w -> numbers.size());
                    bag.merge(word, 1, Integer::sum);
                    length++;
                }
                while (frequency.size() < numbers.size()) {
                    frequency.add(0);
                }
                bag.keySet().forEach(word -> frequency.set(word, frequency.get(word) + 1));
                bags.add(bag);
            }
            int n = texts.size();
            double average = Math.max(1.0, (double) length / Math.max(1, n));
            words = new int[n][];
            weight = new float[n][];
            int[] filled = new int[numbers.size()];
            postings = new int[numbers.size()][];
            postingWeight = new float[numbers.size()][];
            for (int w = 0; w < postings.length; w++) {
                postings[w] = new int[frequency.get(w)];
                postingWeight[w] = new float[frequency.get(w)];
            }
            for (int i = 0; i < n; i++) {
                TreeMap<Integer, Integer> bag = bags.get(i);
                words[i] = bag.keySet().stream().mapToInt(Integer::intValue).toArray();
                weight[i] = new float[words[i].length];
                double own = bag.values().stream().mapToInt(Integer::intValue).sum();
                double squares = 0;
                for (int w = 0; w < words[i].length; w++) {
                    double df = frequency.get(words[i][w]);
                    double tf = bag.get(words[i][w]);
                    double value = bm25
                        ? Math.log(1 + (n - df + 0.5) / (df + 0.5)) * tf * (K1 + 1)
                            / (tf + K1 * (1 - B + B * own / average))
                        : tf * Math.log(n / df);
                    weight[i][w] = (float) value;
                    squares += value * value;
                }
                for (int w = 0; w < words[i].length; w++) {
                    if (bm25 == false && squares > 0) {
                        weight[i][w] /= (float) Math.sqrt(squares);
                    }
                    int word = words[i][w];
                    postings[word][filled[word]] = i;
                    postingWeight[word][filled[word]++] = weight[i][w];
                }
            }
        }
    }

    /** @param decay of the user's own events */
    public BagOfWords(Dataset data, Index index, DecayFunction decay) {
        this.data = data;
        this.index = index;
        this.decay = decay;
    }

    @Override
    public void score(Case c, ScoreCache cache, float[] into) {
        float[] profile = new float[index.postings.length];
        for (int n = 0; n < c.seen(); n++) {
            int event = data.own(c.user(), n);
            if (data.engaged(event)) {
                int item = data.item(event);
                float weight = (float) decay.of(data, c, n);
                for (int w = 0; w < index.words[item].length; w++) {
                    profile[index.words[item][w]] += index.bm25 ? weight : weight * index.weight[item][w];
                }
            }
        }
        for (int word = 0; word < profile.length; word++) {
            if (profile[word] != 0) {
                int[] items = index.postings[word];
                for (int p = 0; p < items.length; p++) {
                    into[items[p]] += profile[word] * index.postingWeight[word][p];
                }
            }
        }
    }
}
