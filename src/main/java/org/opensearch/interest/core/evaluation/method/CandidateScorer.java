package org.opensearch.interest.core.evaluation.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Scorer that a blend may contain, by name. It can be created again for other data of the same shape.
 *
 * @param name   for people
 * @param signed whether its weight may be negative: popularity of all time may count against an item, since an item
 *               that is popular recently and was not before is rising; interest counts for an item or not at all
 * @param usual  prior weight, which it keeps if there is nothing to learn from, in the units of a multinomial logit
 * @param make   creates the scorer from a factory; its scores have a scale that does not depend on the user
 */
public record CandidateScorer(String name, boolean signed, double usual, Function<ScorerFactory, Scorer> make) {
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    /**
     * Half-lives and windows to try, as shares of the time that the events span: one year of data suggests days, ten
     * years suggest weeks.
     */
    private static final double[] SCALES = { 1.0 / 1000, 1.0 / 200, 1.0 / 50, 1.0 / 12, 1.0 / 3 };

    /** Half-lives to try, in events. */
    private static final double[] RECENT = { 3, 20 };
    private static final double[] LAST = { 0.3, 1 };
    private static final double CONTENT = 0.25;
    private static final double LAST_ITEMS = 0.3;
    private static final double WORDS = 0.4;
    private static final double CO_ENGAGEMENT = 0.4;
    private static final double POPULARITY = 0.6;
    private static final double PAST = 1;

    /**
     * Returns families of candidate scorers. The best single scorer of each family enters the blend.
     *
     * @param span    of the training events, in milliseconds
     * @param repeats whether users may engage again with items that they engaged with before
     * @param vectors whether items have vectors
     */
    public static List<List<CandidateScorer>> families(double span, boolean repeats, boolean vectors) {
        List<List<CandidateScorer>> families = content(span, vectors);
        families.add(
            decaying(
                "co-engagement, linear", 3, 0, span, decay -> factory -> factory.standard(factory.coEngagement(decay))
            )
        );
        families.add(
            decaying(
                "co-engagement", 3, CO_ENGAGEMENT, span,
                decay -> factory -> factory.logShare(factory.coEngagement(decay))
            )
        );
        families.add(
            over(4, "popularity", POPULARITY, span, time -> factory -> factory.logCount(factory.popularity(time)))
        );
        families.add(
            List.of(
                new CandidateScorer(
                    "popularity of all time", true, 0, factory -> factory.logCount(factory.popularity(FOREVER))
                )
            )
        );
        if (repeats) {
            families.add(over(3, "past items", PAST, span, time -> factory -> factory.logCount(factory.past(time))));
        }
        return families;
    }

    /** Returns the families that use only the texts of items and the user's own events. */
    public static List<List<CandidateScorer>> content(double span, boolean vectors) {
        List<List<CandidateScorer>> families = new ArrayList<>();
        if (vectors) {
            for (VectorTransform shape : List.of(VectorTransform.CENTRED, VectorTransform.WHITENED)) {
                String name = shape.name().toLowerCase(Locale.ROOT);
                families.add(
                    decaying(
                        name, 3, CONTENT, span,
                        decay -> factory -> factory.standard(factory.content(ContentParams.plain(shape, decay)))
                    )
                );
            }
            List<CandidateScorer> last = new ArrayList<>();
            for (VectorTransform shape : List.of(VectorTransform.CENTRED, VectorTransform.WHITENED)) {
                for (double events : LAST) {
                    last.add(
                        new CandidateScorer(
                            "last items " + shape.name().toLowerCase(Locale.ROOT) + " " + events, false, LAST_ITEMS,
                            factory -> factory
                                .standard(factory.content(ContentParams.plain(shape, DecayFunction.events(events))))
                        )
                    );
                }
            }
            families.add(last);
        }
        families.add(
            decaying(
                "words", 2, WORDS, span,
                decay -> factory -> factory.logShare(factory.words(BagOfWords.Weighting.TF_IDF, decay))
            )
        );
        families.add(
            decaying(
                "bm25", 2, 0, span,
                decay -> factory -> factory.standard(factory.words(BagOfWords.Weighting.BM25, decay))
            )
        );
        return families;
    }

    /** Returns one candidate for each of the longest few scales, and one without decay or window. */
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

    /** Returns the same candidates, and those that decay with every event. */
    private static List<CandidateScorer> decaying(
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
