package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Creates the scorers that methods consist of, each once, so that methods share expensive ones. For the scorers of one
 * thread.
 */
public final class ScorerFactory {
    private final Dataset data;
    private final ItemVectorSpace space;
    private final Texts texts;
    private final long seed;
    private final Map<String, Scorer> scorers = new HashMap<>();

    /** Word indices, created when first needed and shared by all threads. */
    public static final class Texts {
        private final Dataset data;
        private final Map<BagOfWords.Weighting, BagOfWords.Index> indices = new HashMap<>();

        public Texts(Dataset data) {
            this.data = data;
        }

        synchronized BagOfWords.Index index(BagOfWords.Weighting weighting) {
            return indices.computeIfAbsent(weighting, w -> new BagOfWords.Index(data.texts(), w));
        }
    }

    public ScorerFactory(Dataset data, ItemVectorSpace space, Texts texts, long seed) {
        this.data = data;
        this.space = space;
        this.texts = texts;
        this.seed = seed;
    }

    private Scorer once(String name, Supplier<Scorer> make) {
        Scorer known = scorers.get(name);
        if (known == null) {
            known = make.get();
            scorers.put(name, known);
        }
        return known;
    }

    /** Returns random scores from a seed, which every other method must beat. */
    Scorer random() {
        return once("random", () -> (c, cache, into) -> {
            SplittableRandom random = new SplittableRandom(
                seed ^ (c.user() * 0x9E3779B97F4A7C15L) ^ Long.rotateLeft(c.at(), 17) ^ c.targets()[0]
            );
            for (int i = 0; i < into.length; i++) {
                into[i] = random.nextFloat();
            }
        });
    }

    /** @param window in milliseconds; infinite for all time */
    Scorer popularity(double window) {
        if (Double.isInfinite(window)) {
            return once("popularity", () -> new Popularity(data, Long.MAX_VALUE));
        }
        Popularity counts = (Popularity) once("recent popularity", () -> new Popularity(data, 1));
        return once("popularity " + window, () -> counts.readWith((long) window));
    }

    Scorer past(double halfLife) {
        return once("past " + halfLife, () -> new PastItems(data, halfLife));
    }

    /**
     * Scores an item by how often the user engaged with it. Popularity of all time breaks ties and orders the rest of
     * the catalogue.
     */
    Scorer pastThenPopular(double halfLife) {
        List<Scorer> inputs = List.of(past(halfLife), standard(popularity(Double.POSITIVE_INFINITY)));
        return once("past, then popular " + halfLife, () -> new WeightedSumScorer(inputs, new double[]{ 1, 1e-5 }));
    }

    Scorer coEngagement(double halfLife) {
        return coEngagement(DecayFunction.time(halfLife));
    }

    Scorer coEngagement(DecayFunction decay) {
        ItemToItem counts = (ItemToItem) once("co-engagement", () -> new ItemToItem(data, DecayFunction.NEVER));
        return decay.equals(DecayFunction.NEVER) ? counts
            : once("co-engagement " + decay, () -> counts.readWith(decay));
    }

    Scorer words(BagOfWords.Weighting weighting, double halfLife) {
        return words(weighting, DecayFunction.time(halfLife));
    }

    Scorer words(BagOfWords.Weighting weighting, DecayFunction decay) {
        return once(weighting + " " + decay, () -> new BagOfWords(data, texts.index(weighting), decay));
    }

    /** Scores items by their raw cosine to the user's last item. */
    Scorer lastItem() {
        return once("last item", () -> (c, cache, into) -> {
            for (int n = c.seen() - 1; n >= 0; n--) {
                int event = data.own(c.user(), n);
                float[] vector = data.engaged(event) ? space.vector(data, event) : null;
                if (vector != null) {
                    space.plain().products(vector, into);
                    return;
                }
            }
        });
    }

    public Scorer content(ContentParams params) {
        return once(params.toString(), () -> new ContentScorer(data, space, params));
    }

    public Scorer topics(ContentParams params, int max) {
        return once("topics " + max + params, () -> new TopicContentScorer(data, space, params, max));
    }

    public Scorer production(Tracker tracker) {
        return once("production " + tracker, () -> new ProductionScorer(data, space, tracker));
    }

    /** Returns the z-score instead of the interest score that is computed from it; all 0 if items have no vectors. */
    public Scorer productionZ(Tracker tracker) {
        return once(
            "production z " + tracker,
            () -> space == null ? (c, cache, into) -> {} : new ProductionScorer(data, space, tracker, true)
        );
    }

    public EngagementReplay engagement(Tracker tracker) {
        return (EngagementReplay) once(
            "engagement " + tracker.halfLives().longTerm(),
            () -> new EngagementReplay(data, tracker.halfLives().longTerm())
        );
    }

    Scorer standard(Scorer scorer) {
        return once("standard " + System.identityHashCode(scorer), () -> DerivedScorer.standard(scorer));
    }

    Scorer logCount(Scorer scorer) {
        return once("log " + System.identityHashCode(scorer), () -> DerivedScorer.logCount(scorer));
    }

    Scorer logShare(Scorer scorer) {
        return once("share " + System.identityHashCode(scorer), () -> DerivedScorer.logShare(scorer));
    }

    Scorer product(Scorer similarity, Scorer count) {
        return DerivedScorer.product(similarity, count);
    }
}
