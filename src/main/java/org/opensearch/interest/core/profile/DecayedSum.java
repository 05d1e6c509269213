package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

import java.util.Arrays;

/**
 * A sum of weighted vectors of which each loses half of its weight in every half-life: at time T, evidence x of weight
 * w and time t counts w·2^(−(T−t)/h).
 *
 * <p>Kept by forward decay (Cormode, Shkapenyuk, Srivastava, Xu: "Forward Decay", ICDE 2009): the sum holds w·2^(t/h −
 * L)·x for a landmark L, so that adding is one addition whatever the order in which evidence arrives, idle time costs
 * nothing, and the value at any T is one multiplication away. L is a whole number of half-lives: moving it multiplies
 * by a power of two, which changes no bit of a float's mantissa. So the only rounding is that of the additions.
 *
 * <p>Immutable, thread-safe.
 */
public final class DecayedSum {
    /**
     * How far, in half-lives, evidence may lie beyond the landmark before the landmark follows. Keeps floats far from
     * overflow.
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
     * @param sum      relative to the landmark; not copied, not to be changed; empty where nothing was added yet
     * @param itemMass sum of the weights that came with items, relative to the landmark
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
     * @param weight > 0; below zero takes back what was added before
     * @throws IllegalArgumentException where the vector has another dimension than those before
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

    /** @param weight in the place of the evidence's own */
    DecayedSum plus(Evidence e, double weight) {
        return plus(e.vector(), e.source(), weight, e.timestamp());
    }

    private DecayedSum add(float[] vector, Evidence.Source source, double weight, long timestamp) {
        double counts = weight * Math.pow(2, exponent(timestamp));
        boolean item = source == Evidence.Source.ITEM;
        return new DecayedSum(
            halfLife, landmark, Vectors.plusScaled(sum, counts, vector), itemMass + (item ? counts : 0),
            textMass + (item ? 0 : counts)
        );
    }

    /** Two sums of one half-life as one: as if all evidence had gone into the same. */
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
     * By how many half-lives a time lies after the landmark. The difference is taken in whole milliseconds, so it is
     * exact.
     */
    private double exponent(long timestamp) {
        return (double) (timestamp - landmark * halfLife) / halfLife;
    }

    /** The same belief, fading by another half-life from the given time on. */
    DecayedSum fadingBy(long newHalfLife, long from) {
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

    /** What one unit of the stored sum is worth at a time. */
    private double decay(long at) {
        return Math.pow(2, -exponent(at));
    }

    /** The sum of all weights as they count at a time: how much evidence there is. */
    public double mass(long at) {
        return isEmpty() ? 0 : (itemMass + textMass) * decay(at);
    }

    /** The part of the mass that came with items; the rest came with texts. */
    public double itemMass(long at) {
        return isEmpty() ? 0 : itemMass * decay(at);
    }

    /** The sum of all vectors by what they count at a time; empty where nothing was added. */
    public float[] valueAt(long at) {
        return Vectors.scaled(sum, isEmpty() ? 0 : decay(at));
    }

    /**
     * The stored sum with the given means taken from its evidence: S − M_item·μ_item − M_text·μ_text. Its direction
     * does not depend on time; its length is relative to the landmark.
     */
    public float[] centred(float[] itemMean, float[] textMean) {
        float[] ofItems = Vectors.plusScaled(sum, -itemMass, itemMean);
        // most evidence is items: nothing is taken away for texts where there were none
        return textMass == 0 ? ofItems : Vectors.plusScaled(ofItems, -textMass, textMean);
    }

    /** The mass on the scale of {@link #centred}. */
    public double storedMass() {
        return itemMass + textMass;
    }

    /** The stored sum itself; not to be changed. Empty where nothing was added. */
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
