package org.opensearch.interest.core.vector;

/** Arithmetic on float[]. Sums are computed in double; no method changes its arguments unless its name says so. */
public final class Vectors {
    /** The largest difference from 1 of a unit vector's length. */
    private static final double UNIT_TOLERANCE = 1e-3;

    /** The number of rows that {@link #addScaledRowsTo} adds at once. */
    static final int ROWS = 8;

    private Vectors() {}

    /** a · b, for vectors of one dimension */
    public static double dot(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("vectors of [" + a.length + "] and [" + b.length + "] dimensions");
        }
        // four independent sums run in parallel in the processor: three times as fast as one
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += (double) a[i] * b[i];
            s1 += (double) a[i + 1] * b[i + 1];
            s2 += (double) a[i + 2] * b[i + 2];
            s3 += (double) a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += (double) a[i] * b[i];
        }
        return s0 + s1 + s2 + s3;
    }

    public static double norm(float[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** The largest absolute number; 0 for an empty vector. */
    public static float largest(float[] a) {
        float largest = 0;
        for (float number : a) {
            largest = Math.max(largest, Math.abs(number));
        }
        return largest;
    }

    /** The cosine of the angle between two vectors, in [−1,1]; 0 if one of them is the zero vector. */
    public static double cosine(float[] a, float[] b) {
        double norms = norm(a) * norm(b);
        return norms == 0 ? 0 : Math.clamp(dot(a, b) / norms, -1.0, 1.0);
    }

    /**
     * The vector of length 1 in the direction of a. Fails if a has no direction: if it is zero or holds a number that
     * is not finite.
     */
    public static float[] unit(float[] a) {
        requireDirection("vector", a);
        double norm = norm(a);
        float[] unit = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            unit[i] = (float) (a[i] / norm);
        }
        return unit;
    }

    /** a + factor · b, as a new vector */
    public static float[] plusScaled(float[] a, double factor, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("vectors of [" + a.length + "] and [" + b.length + "] dimensions");
        }
        float[] sum = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = (float) (a[i] + factor * b[i]);
        }
        return sum;
    }

    /** sum += factor · b, in single precision */
    static void addScaledTo(float[] sum, float factor, float[] b) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * b[i];
        }
    }

    /** sum += factors[from] · rows[from] + … over {@link #ROWS} rows, in single precision */
    static void addScaledRowsTo(float[] sum, float[] factors, float[][] rows, int from) {
        float f0 = factors[from], f1 = factors[from + 1], f2 = factors[from + 2], f3 = factors[from + 3];
        float f4 = factors[from + 4], f5 = factors[from + 5], f6 = factors[from + 6], f7 = factors[from + 7];
        float[] r0 = rows[from], r1 = rows[from + 1], r2 = rows[from + 2], r3 = rows[from + 3];
        float[] r4 = rows[from + 4], r5 = rows[from + 5], r6 = rows[from + 6], r7 = rows[from + 7];
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (f0 * r0[i] + f1 * r1[i] + f2 * r2[i] + f3 * r3[i])
                + (f4 * r4[i] + f5 * r5[i] + f6 * r6[i] + f7 * r7[i]);
        }
    }

    /** factor · a, as a new vector */
    public static float[] scaled(float[] a, double factor) {
        float[] scaled = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            scaled[i] = (float) (factor * a[i]);
        }
        return scaled;
    }

    /** Fails unless every number is finite and at least one is not zero. */
    public static float[] requireDirection(String name, float[] a) {
        requireFinite(name, a);
        if (norm(a) == 0) {
            throw new IllegalArgumentException("[" + name + "] must not be the zero vector: it has no direction");
        }
        return a;
    }

    /** Fails unless there are numbers and all are finite. */
    public static float[] requireFinite(String name, float[] a) {
        if (a == null || a.length == 0) {
            throw new IllegalArgumentException("[" + name + "] must hold at least one number");
        }
        for (int i = 0; i < a.length; i++) {
            if (Float.isFinite(a[i]) == false) {
                throw new IllegalArgumentException(
                    "[" + name + "] must hold finite numbers, but number [" + i + "] is [" + a[i] + "]"
                );
            }
        }
        return a;
    }

    /** Fails unless a is of unit length. */
    public static float[] requireUnit(String name, float[] a) {
        double norm = norm(requireFinite(name, a));
        if (Math.abs(norm - 1) > UNIT_TOLERANCE) {
            throw new IllegalArgumentException(
                "[" + name + "] must be of unit length, but its length is [" + norm + "]"
            );
        }
        return a;
    }
}
