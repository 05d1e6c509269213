package org.opensearch.interest.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A part that a blend may be made of, by name: ready to be made again for other data of the same shape.
 *
 * @param name   for people
 * @param signed whether its weight may be below zero: popularity of all time may speak against an item, since what is popular lately and
 *               was not before is rising; interest speaks for an item or not at all
 * @param make   from a workshop; its scores have a scale that does not depend on the user
 */
record Ingredient(String name, boolean signed, Function<Workshop, Part> make) {
    private static final double FOREVER = Double.POSITIVE_INFINITY;
    /** Half-lives and windows to try, as shares of the time that the events span: a year's data asks for days, ten years' for weeks. */
    private static final double[] SCALES = { 1.0 / 1000, 1.0 / 200, 1.0 / 50, 1.0 / 12, 1.0 / 3 };

    /**
     * Families of ingredients: of each family the best alone is worth a place in the blend.
     *
     * @param span    of the training events, in milliseconds
     * @param repeats whether users may take up again what they took up before
     * @param content whether items have vectors
     */
    static List<List<Ingredient>> families(double span, boolean repeats, boolean content) {
        List<List<Ingredient>> families = new ArrayList<>();
        if (content) {
            for (Shape shape : List.of(Shape.CENTRED, Shape.WHITENED)) {
                families.add(over(4, shape.name().toLowerCase(Locale.ROOT), span, t -> w -> w.standard(w.content(Taste.plain(shape, t)))));
            }
        }
        families.add(over(2, "words", span, t -> w -> w.logShare(w.words(BagOfWords.Weighting.TF_IDF, t))));
        families.add(over(3, "co-engagement, linear", span, t -> w -> w.standard(w.coEngagement(t))));
        families.add(over(3, "co-engagement", span, t -> w -> w.logShare(w.coEngagement(t))));
        families.add(over(4, "popularity", span, t -> w -> w.logCount(w.popularity(t))));
        families.add(List.of(new Ingredient("popularity of all time", true, w -> w.logCount(w.popularity(FOREVER)))));
        if (repeats) {
            families.add(over(3, "past items", span, t -> w -> w.logCount(w.past(t))));
        }
        return families;
    }

    /** The longest few of the scales, and none. */
    private static List<Ingredient> over(int longest, String name, double span, Function<Double, Function<Workshop, Part>> make) {
        List<Ingredient> family = new ArrayList<>();
        for (int i = SCALES.length - longest; i < SCALES.length; i++) {
            double time = Math.max(1, SCALES[i] * span);
            family.add(new Ingredient(name + " " + days(time), false, make.apply(time)));
        }
        family.add(new Ingredient(name + " uniform", false, make.apply(FOREVER)));
        return family;
    }

    private static String days(double time) {
        return String.format(Locale.ROOT, time < 10 * Taste.DAY ? "%.1fd" : "%.0fd", time / Taste.DAY);
    }
}
