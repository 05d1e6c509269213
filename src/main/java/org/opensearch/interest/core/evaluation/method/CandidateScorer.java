package org.opensearch.interest.core.evaluation.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A part that a blend may be made of, by name: ready to be made again for other data of the same shape.
 *
 * @param name   for people
 * @param signed whether its weight may be below zero: popularity of all time may speak against an item, since what is
 *               popular lately and was not before is rising; interest speaks for an item or not at all
 * @param usual  its weight where there is nothing to learn from, in the units of a choice model
 * @param make   from a workshop; its scores have a scale that does not depend on the user
 */
public record CandidateScorer(String name, boolean signed, double usual, Function<ScorerFactory, Scorer> make) {
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    /**
     * Half-lives and windows to try, as shares of the time that the events span: a year's data asks for days, ten
     * years' for weeks.
     */
    private static final double[] SCALES = { 1.0 / 1000, 1.0 / 200, 1.0 / 50, 1.0 / 12, 1.0 / 3 };

    /** Half-lives in events. */
    private static final double[] RECENT = { 3, 20 };
    private static final double[] LAST = { 0.3, 1 };
    private static final double CONTENT = 0.25;
    private static final double LAST_ITEMS = 0.3;
    private static final double WORDS = 0.4;
    private static final double TOGETHER = 0.4;
    private static final double POPULARITY = 0.6;
    private static final double PAST = 1;

    /**
     * Families of ingredients: of each family the best alone is worth a place in the blend.
     *
     * @param span    of the training events, in milliseconds
     * @param repeats whether users may take up again what they took up before
     * @param vectors whether items have vectors
     */
    public static List<List<CandidateScorer>> families(double span, boolean repeats, boolean vectors) {
        List<List<CandidateScorer>> families = content(span, vectors);
        families.add(fading("co-engagement, linear", 3, 0, span, f -> w -> w.standard(w.coEngagement(f))));
        families.add(fading("co-engagement", 3, TOGETHER, span, f -> w -> w.logShare(w.coEngagement(f))));
        families.add(over(4, "popularity", POPULARITY, span, t -> w -> w.logCount(w.popularity(t))));
        families.add(
            List.of(new CandidateScorer("popularity of all time", true, 0, w -> w.logCount(w.popularity(FOREVER))))
        );
        if (repeats) {
            families.add(over(3, "past items", PAST, span, t -> w -> w.logCount(w.past(t))));
        }
        return families;
    }

    /** Those that know nothing but the texts of items and what the user did. */
    public static List<List<CandidateScorer>> content(double span, boolean vectors) {
        List<List<CandidateScorer>> families = new ArrayList<>();
        if (vectors) {
            for (VectorTransform shape : List.of(VectorTransform.CENTRED, VectorTransform.WHITENED)) {
                String name = shape.name().toLowerCase(Locale.ROOT);
                families.add(
                    fading(name, 3, CONTENT, span, f -> w -> w.standard(w.content(ContentParams.plain(shape, f))))
                );
            }
            List<CandidateScorer> last = new ArrayList<>();
            for (VectorTransform shape : List.of(VectorTransform.CENTRED, VectorTransform.WHITENED)) {
                for (double events : LAST) {
                    last.add(
                        new CandidateScorer(
                            "last items " + shape.name().toLowerCase(Locale.ROOT) + " " + events, false, LAST_ITEMS,
                            w -> w.standard(w.content(ContentParams.plain(shape, DecayFunction.events(events))))
                        )
                    );
                }
            }
            families.add(last);
        }
        families.add(fading("words", 2, WORDS, span, f -> w -> w.logShare(w.words(BagOfWords.Weighting.TF_IDF, f))));
        families.add(fading("bm25", 2, 0, span, f -> w -> w.standard(w.words(BagOfWords.Weighting.BM25, f))));
        return families;
    }

    /** The longest few of the scales, and none. */
    private static List<CandidateScorer> over(
        int longest, String name, double usual, double span, Function<Double, Function<ScorerFactory, Scorer>> make
    ) {
        List<CandidateScorer> family = new ArrayList<>();
        for (int i = SCALES.length - longest; i < SCALES.length; i++) {
            double time = Math.max(1, SCALES[i] * span);
            family.add(new CandidateScorer(name + " " + days(time), false, usual, make.apply(time)));
        }
        family.add(new CandidateScorer(name + " uniform", false, usual, make.apply(FOREVER)));
        return family;
    }

    /** The same, and fading with every event. */
    private static List<CandidateScorer> fading(
        String name, int longest, double usual, double span,
        Function<DecayFunction, Function<ScorerFactory, Scorer>> make
    ) {
        List<CandidateScorer> family = over(longest, name, usual, span, t -> make.apply(DecayFunction.time(t)));
        for (double events : RECENT) {
            family.add(
                new CandidateScorer(
                    String.format(Locale.ROOT, "%s %.0f events", name, events), false, usual,
                    make.apply(DecayFunction.events(events))
                )
            );
        }
        return family;
    }

    private static String days(double time) {
        return String.format(Locale.ROOT, time < 10 * ContentParams.DAY ? "%.1fd" : "%.0fd", time / ContentParams.DAY);
    }
}
