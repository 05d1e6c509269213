package org.opensearch.interest.core.ranking;

import org.opensearch.interest.core.vector.Vectors;

import java.util.List;

/**
 * The interest score of an item as a function of a few dot products. Every path calls this one reference
 * implementation, however it computes the products.
 *
 * <p>For an item with the unit vector x, the caller computes dots[i] = directions().get(i) · x for every i and passes
 * them to {@link #score}. Immutable and thread-safe.
 */
public sealed interface InterestFunction permits SimilarityFunction, PersonalFunction {
    /** The score of an item without a vector, of which nothing is known. */
    float NEUTRAL = 0.5f;

    /** The vectors to multiply with an item's vector: at least one, all of one dimension. Not to be changed. */
    List<float[]> directions();

    /**
     * @param dots one dot product per direction, in the order of {@link #directions}; finite
     * @return the interest score in [0,1]
     */
    float score(float[] dots);

    /**
     * The score of an item that may have a boost besides its vector.
     *
     * @param dots   as for {@link #score(float[])}; null for an item without a vector
     * @param boosts the item's boost, in standard deviations, ≥ 0: {@link ItemBoost#sum} of {@link #boosts}
     */
    default float score(float[] dots, float boosts) {
        return dots == null ? NEUTRAL : score(dots);
    }

    /**
     * Scores several items at once, each with a vector: exactly the numbers that {@link #score(float[], float)} gives.
     *
     * @param dots   one row per direction, in the order of {@link #directions}, with one finite dot product per item;
     *               overwritten
     * @param boosts one boost per item
     * @param size   the number of items, at most the length of each row
     * @param into   receives one score per item
     */
    default void scores(float[][] dots, float[] boosts, int size, float[] into) {
        float[] itemDots = new float[dots.length];
        for (int n = 0; n < size; n++) {
            for (int i = 0; i < itemDots.length; i++) {
                itemDots[i] = dots[i][n];
            }
            into[n] = score(itemDots, boosts[n]);
        }
    }

    /** The item boosts besides content; {@link ItemBoosts#NONE} by default. */
    default ItemBoosts boosts() {
        return ItemBoosts.NONE;
    }

    /**
     * The directions by which candidates are retrieved, the one with the most weight first; a part of
     * {@link #directions}.
     */
    default List<float[]> probed() {
        return directions();
    }

    /** The number of dimensions of the item vectors this function can score. */
    default int dimension() {
        return directions().get(0).length;
    }

    /** The dot product of every direction with an item's unit vector, as input of {@link #score(float[])}. */
    default float[] dots(float[] unit) {
        List<float[]> directions = directions();
        float[] dots = new float[directions.size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = (float) Vectors.dot(directions.get(i), unit);
        }
        return dots;
    }
}
