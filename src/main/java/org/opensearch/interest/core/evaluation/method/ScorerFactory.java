package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Makes the parts that methods are put together from, each once, so that methods share what is expensive. For one
 * thread's parts.
 */
public final class ScorerFactory {
    private final Dataset data;
    private final ItemVectorSpace space;
    private final Texts texts;
    private final long seed;
    private final Map<String, Scorer> made = new HashMap<>();

    /** The indices of words, made when first asked for and shared by all threads. */
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
        Scorer known = made.get(name);
        if (known == null) {
            known = make.get();
            made.put(name, known);
        }
        return known;
    }

    /** Chance, from a seed: what every other method must beat. */
    Scorer random() {
        return once("random", () -> (c, answers, into) -> {
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
        Popularity memory = (Popularity) once("popularity lately", () -> new Popularity(data, 1));
        return once("popularity " + window, () -> memory.readWith((long) window));
    }

    Scorer past(double halfLife) {
        return once("past " + halfLife, () -> new PastItems(data, halfLife));
    }

    /**
     * By how often the user took an item up; among equals, and for the rest of the catalogue, by popularity of all
     * time.
     */
    Scorer pastThenPopular(double halfLife) {
        List<Scorer> parts = List.of(past(halfLife), standard(popularity(Double.POSITIVE_INFINITY)));
        return once("past, then popular " + halfLife, () -> new WeightedSumScorer(parts, new double[]{ 1, 1e-5 }));
    }

    Scorer coEngagement(double halfLife) {
        return coEngagement(DecayFunction.time(halfLife));
    }

    Scorer coEngagement(DecayFunction fading) {
        ItemToItem memory = (ItemToItem) once("together", () -> new ItemToItem(data, DecayFunction.NEVER));
        return fading.equals(DecayFunction.NEVER) ? memory : once("together " + fading, () -> memory.readWith(fading));
    }

    Scorer words(BagOfWords.Weighting weighting, double halfLife) {
        return words(weighting, DecayFunction.time(halfLife));
    }

    Scorer words(BagOfWords.Weighting weighting, DecayFunction fading) {
        return once(weighting + " " + fading, () -> new BagOfWords(data, texts.index(weighting), fading));
    }

    /** Items like the last one: raw cosine to it. */
    Scorer lastItem() {
        return once("last item", () -> (c, answers, into) -> {
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

    public Scorer content(ContentParams taste) {
        return once(taste.toString(), () -> new ContentScorer(data, space, taste));
    }

    public Scorer topics(ContentParams taste, int max) {
        return once("topics " + max + taste, () -> new TopicContentScorer(data, space, taste, max));
    }

    public Scorer shipped(Tracker tracker) {
        return once("shipped " + tracker, () -> new ProductionScorer(data, space, tracker));
    }

    /** The same before it is squashed; nothing where items have no vectors. */
    public Scorer shippedZ(Tracker tracker) {
        return once(
            "shipped z " + tracker,
            () -> space == null ? (c, answers, into) -> {} : new ProductionScorer(data, space, tracker, true)
        );
    }

    public EngagementReplay crowds(Tracker tracker) {
        return (EngagementReplay) once(
            "crowds " + tracker.halfLives().longTerm(), () -> new EngagementReplay(data, tracker.halfLives().longTerm())
        );
    }

    Scorer standard(Scorer part) {
        return once("standard " + System.identityHashCode(part), () -> DerivedScorer.standard(part));
    }

    Scorer logCount(Scorer part) {
        return once("log " + System.identityHashCode(part), () -> DerivedScorer.logCount(part));
    }

    Scorer logShare(Scorer part) {
        return once("share " + System.identityHashCode(part), () -> DerivedScorer.logShare(part));
    }

    Scorer product(Scorer likeness, Scorer count) {
        return DerivedScorer.product(likeness, count);
    }
}
