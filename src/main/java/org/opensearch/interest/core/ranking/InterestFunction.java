package org.opensearch.interest.core.ranking;

import org.opensearch.interest.core.vector.Vectors;

import java.util.List;

/**
 * The interest score of an item as a function of a few dot products: the one reference implementation that every path
 * calls, whoever computes the products and how fast.
 *
 * <p>For an item with the unit vector x, the caller computes dots[i] = directions().get(i) · x for every i and passes
 * them to {@link #score}. Immutable and thread-safe.
 */
public sealed interface InterestFunction permits SimilarityFunction, PersonalFunction {
    /** The score of an item of which nothing is known: one without a vector. */
    float NEUTRAL = 0.5f;

    /** At least one vector, all of one dimension. Not to be changed. */
    List<float[]> directions();

    /**
     * @param dots one dot product a direction, in the order of {@link #directions}; finite
     * @return the interest score in [0,1]
     */
    float score(float[] dots);

    /**
     * The score of an item for which more may speak than its vector.
     *
     * @param dots   as above; null for an item without a vector
     * @param boosts what else adds to it, in standard deviations, ≥ 0: {@link ItemBoost#sum} of {@link #boosts}
     */
    default float score(float[] dots, float boosts) {
        return dots == null ? NEUTRAL : score(dots);
    }

    /**
     * Several items at once, each with a vector: the very numbers that {@link #score(float[], float)} gives for each.
     *
     * @param dots   a row a direction, in the order of {@link #directions}, and in it one finite dot product an item;
     *               used up
     * @param boosts of each item
     * @param size   how many items, which no row is shorter than
     * @param into   receives one score an item
     */
    default void scores(float[][] dots, float[] boosts, int size, float[] into) {
        float[] one = new float[dots.length];
        for (int n = 0; n < size; n++) {
            for (int i = 0; i < one.length; i++) {
                one[i] = dots[i][n];
            }
            into[n] = score(one, boosts[n]);
        }
    }

    /** What speaks for some items besides their vectors. */
    default ItemBoosts boosts() {
        return ItemBoosts.NONE;
    }

    /**
     * The directions in which items worth scoring are to be looked for, the one with the most say first; some of
     * {@link #directions}.
     */
    default List<float[]> probed() {
        return directions();
    }

    /** The number of dimensions of the item vectors this function can score. */
    default int dimension() {
        return directions().get(0).length;
    }

    /** Every direction's dot product with an item's unit vector, as {@link #score} wants them. */
    default float[] dots(float[] unit) {
        List<float[]> directions = directions();
        float[] dots = new float[directions.size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = (float) Vectors.dot(directions.get(i), unit);
        }
        return dots;
    }
}
