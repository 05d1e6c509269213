package org.opensearch.interest.core.evaluation.method;

/** Through which shape of the catalogue evidence is held against items. */
public enum VectorTransform {
    /** cosine to the evidence as it is */
    RAW,
    /** the catalogue's mean taken away, p = 0 */
    CENTRED,
    /** divided by the catalogue's covariance, p = ½ */
    WHITENED,
    /** the sum of the two, each of standard deviation 1 */
    SUM
}
