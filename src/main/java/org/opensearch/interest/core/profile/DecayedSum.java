package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Arrays;

/**
 * A sum of weighted vectors, each of which loses half of its weight in every half-life h: at time T, evidence x of
 * weight w and time t counts w·2^(−(T−t)/h).
 *
 * <p>Computed by forward decay (Cormode, Shkapenyuk, Srivastava, Xu: "Forward Decay", ICDE 2009): the sum holds
 * w·2^(t/h − L)·x for a landmark L. Adding evidence is one addition in any order of arrival, idle time costs nothing,
 * and the value at any T takes one multiplication. L is a whole number of half-lives: moving it multiplies by a power
 * of two, which changes no bit of a float's mantissa. So only the additions round.
 *
 * <p>Immutable, thread-safe.
 */
public final class DecayedSum {
    /**
     * The number of half-lives that evidence may lie after the landmark before the landmark moves to it. Keeps floats
     * far from overflow.
     */
    private static final int REACH = 32;

    private final long halfLife;
    private final long landmark;
    private final float[] sum;
    private final double itemMass;
    private final double textMass;

    /**
     * @param halfLife milliseconds, > 0
     * @param landmark in half-lives since 1970
     * @param sum      relative to the landmark; not copied, not to be changed; empty if nothing was added yet
     * @param itemMass sum of the weights of evidence from items, relative to the landmark
     * @param textMass the same for texts
     */
    DecayedSum(long halfLife, long landmark, float[] sum, double itemMass, double textMass) {
        if (halfLife <= 0) {
            throw new IllegalArgumentException("a half-life must be longer than 0 ms, but was [" + halfLife + "]");
        }
        this.halfLife = halfLife;
        this.landmark = landmark;
        this.sum = sum;
        this.itemMass = itemMass;
        this.textMass = textMass;
    }

    public static DecayedSum empty(long halfLife) {
        return new DecayedSum(halfLife, 0, new float[0], 0, 0);
    }

    /**
     * @param weight > 0; a negative weight removes evidence that was added before
     * @throws IllegalArgumentException if the vector has another dimension than the vectors added before
     */
    public DecayedSum plus(float[] vector, Evidence.Source source, double weight, long timestamp) {
        if (isEmpty()) {
            DecayedSum start = new DecayedSum(
                halfLife, Math.floorDiv(timestamp, halfLife), new float[vector.length], 0, 0
            );
            return start.add(vector, source, weight, timestamp);
        }
        if (vector.length != sum.length) {
            throw new IllegalArgumentException(
                "evidence of [" + vector.length + "] dimensions for a profile of [" + sum.length + "]"
            );
        }
        boolean beyond = exponent(timestamp) > REACH;
        return (beyond ? movedTo(Math.floorDiv(timestamp, halfLife)) : this).add(vector, source, weight, timestamp);
    }

    /** @param weight replaces the evidence's own weight */
    DecayedSum plus(Evidence e, double weight) {
        return plus(e.vector(), e.source(), weight, e.timestamp());
    }

    private DecayedSum add(float[] vector, Evidence.Source source, double weight, long timestamp) {
        double scaled = weight * Math.pow(2, exponent(timestamp));
        boolean item = source == Evidence.Source.ITEM;
        return new DecayedSum(
            halfLife, landmark, Vectors.plusScaled(sum, scaled, vector), itemMass + (item ? scaled : 0),
            textMass + (item ? 0 : scaled)
        );
    }

    /** The sum of the evidence of both; both must have the same half-life. */
    public DecayedSum plus(DecayedSum other) {
        if (other.halfLife != halfLife) {
            throw new IllegalArgumentException(
                "sums of half-lives [" + halfLife + "] and [" + other.halfLife + "] ms do not add"
            );
        }
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        DecayedSum a = landmark >= other.landmark ? this : movedTo(other.landmark);
        DecayedSum b = landmark >= other.landmark ? other.movedTo(landmark) : other;
        return new DecayedSum(
            halfLife, a.landmark, Vectors.plusScaled(a.sum, 1, b.sum), a.itemMass + b.itemMass, a.textMass + b.textMass
        );
    }

    private DecayedSum movedTo(long newLandmark) {
        double factor = Math.pow(2, (double) (landmark - newLandmark));
        return new DecayedSum(halfLife, newLandmark, Vectors.scaled(sum, factor), itemMass * factor, textMass * factor);
    }

    /**
     * The number of half-lives from the landmark to a time. The difference is computed in whole milliseconds, so it is
     * exact.
     */
    private double exponent(long timestamp) {
        return (double) (timestamp - landmark * halfLife) / halfLife;
    }

    /** A sum with the same value at the given time, which decays by another half-life from then on. */
    DecayedSum withHalfLife(long newHalfLife, long from) {
        if (newHalfLife == halfLife || isEmpty()) {
            return newHalfLife == halfLife ? this : empty(newHalfLife);
        }
        long newLandmark = Math.floorDiv(from, newHalfLife);
        DecayedSum same = new DecayedSum(newHalfLife, newLandmark, sum, itemMass, textMass);
        double factor = decay(from) * Math.pow(2, same.exponent(from));
        return new DecayedSum(
            newHalfLife, newLandmark, Vectors.scaled(sum, factor), itemMass * factor, textMass * factor
        );
    }

    /** The value of one unit of the stored sum at a time. */
    private double decay(long at) {
        return Math.pow(2, -exponent(at));
    }

    /** The sum of all decayed weights at a time: the amount of evidence. */
    public double mass(long at) {
        return isEmpty() ? 0 : (itemMass + textMass) * decay(at);
    }

    /** The part of the mass that comes from items; the rest comes from texts. */
    public double itemMass(long at) {
        return isEmpty() ? 0 : itemMass * decay(at);
    }

    /** The sum of all vectors times their decayed weights at a time; empty if nothing was added. */
    public float[] valueAt(long at) {
        return Vectors.scaled(sum, isEmpty() ? 0 : decay(at));
    }

    /**
     * The stored sum after the given means are subtracted from its evidence: S − M_item·μ_item − M_text·μ_text. Its
     * direction does not depend on time; its length is relative to the landmark.
     */
    public float[] centred(float[] itemMean, float[] textMean) {
        float[] ofItems = Vectors.plusScaled(sum, -itemMass, itemMean);
        // most evidence comes from items: a sum without texts saves the second subtraction
        return textMass == 0 ? ofItems : Vectors.plusScaled(ofItems, -textMass, textMean);
    }

    /** The mass on the scale of {@link #centred}. */
    public double storedMass() {
        return itemMass + textMass;
    }

    /** The stored sum itself; not to be changed. Empty if nothing was added. */
    public float[] sum() {
        return sum;
    }

    public boolean isEmpty() {
        return sum.length == 0;
    }

    public long halfLife() {
        return halfLife;
    }

    long landmark() {
        return landmark;
    }

    double itemMass() {
        return itemMass;
    }

    double textMass() {
        return textMass;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof DecayedSum other && halfLife == other.halfLife && landmark == other.landmark
            && itemMass == other.itemMass && textMass == other.textMass && Arrays.equals(sum, other.sum);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(sum) + Long.hashCode(halfLife + landmark);
    }
}
