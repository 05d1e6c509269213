package org.opensearch.interest.core.evaluation.method;

import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.tracking.Tracker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes the parts that methods are put together from, each once, so that methods share what is expensive. For one thread's parts. */
public final class Workshop {
    private final Dataset data;
    private final Space space;
    private final Texts texts;
    private final long seed;
    private final Map<String, Part> made = new HashMap<>();

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

    public Workshop(Dataset data, Space space, Texts texts, long seed) {
        this.data = data;
        this.space = space;
        this.texts = texts;
        this.seed = seed;
    }

    private Part once(String name, Supplier<Part> make) {
        Part known = made.get(name);
        if (known == null) {
            known = make.get();
            made.put(name, known);
        }
        return known;
    }

    Part random() {
        return once("random", () -> new RandomOrder(seed));
    }

    /** @param window in milliseconds; infinite for all time */
    Part popularity(double window) {
        if (Double.isInfinite(window)) {
            return once("popularity", () -> new Popularity(data, Long.MAX_VALUE));
        }
        Popularity memory = (Popularity) once("popularity lately", () -> new Popularity(data, 1));
        return once("popularity " + window, () -> memory.readWith((long) window));
    }

    Part past(double halfLife) {
        return once("past " + halfLife, () -> new PastItems(data, halfLife));
    }

    /** By how often the user took an item up; among equals, and for the rest of the catalogue, by popularity of all time. */
    Part pastThenPopular(double halfLife) {
        List<Part> parts = List.of(past(halfLife), standard(popularity(Double.POSITIVE_INFINITY)));
        return once("past, then popular " + halfLife, () -> new Weighted(parts, new double[] { 1, 1e-5 }));
    }

    Part coEngagement(double halfLife) {
        return coEngagement(Fading.time(halfLife));
    }

    Part coEngagement(Fading fading) {
        ItemToItem memory = (ItemToItem) once("together", () -> new ItemToItem(data, Fading.NEVER));
        return fading.equals(Fading.NEVER) ? memory : once("together " + fading, () -> memory.readWith(fading));
    }

    Part words(BagOfWords.Weighting weighting, double halfLife) {
        return words(weighting, Fading.time(halfLife));
    }

    Part words(BagOfWords.Weighting weighting, Fading fading) {
        return once(weighting + " " + fading, () -> new BagOfWords(data, texts.index(weighting), fading));
    }

    Part lastItem() {
        return once("last item", () -> new LastItem(data, space));
    }

    public Part content(Taste taste) {
        return once(taste.toString(), () -> new Content(data, space, taste));
    }

    public Part topics(Taste taste, int max) {
        return once("topics " + max + taste, () -> new TopicContent(data, space, taste, max));
    }

    public Part shipped(Tracker tracker) {
        return once("shipped " + tracker, () -> new Shipped(data, space, tracker));
    }

    /** The same before it is squashed; nothing where items have no vectors. */
    public Part shippedZ(Tracker tracker) {
        return once("shipped z " + tracker, () -> space == null ? (c, answers, into) -> {} : new Shipped(data, space, tracker, true));
    }

    public Crowds crowds(Tracker tracker) {
        return (Crowds) once("crowds " + tracker.halfLives().longTerm(), () -> new Crowds(data, tracker.halfLives().longTerm()));
    }

    Part standard(Part part) {
        return once("standard " + System.identityHashCode(part), () -> new Standard(part));
    }

    Part logCount(Part part) {
        return once("log " + System.identityHashCode(part), () -> new LogCount(part));
    }

    Part logShare(Part part) {
        return once("share " + System.identityHashCode(part), () -> new LogShare(part));
    }

    Part product(Part likeness, Part count) {
        return new Product(likeness, count);
    }
}
