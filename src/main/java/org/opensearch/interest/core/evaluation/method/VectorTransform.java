package org.opensearch.interest.core.evaluation.method;

/** Transform of the catalogue's vectors under which evidence is compared with items. */
public enum VectorTransform {
    /** cosine to the untransformed evidence */
    RAW,
    /** less the catalogue's mean, p = 0 */
    CENTRED,
    /** divided by the catalogue's covariance, p = ½ */
    WHITENED,
    /** the sum of {@link #CENTRED} and {@link #WHITENED}, each of standard deviation 1 */
    SUM
}
