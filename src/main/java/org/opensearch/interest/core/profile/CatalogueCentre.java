package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

/**
 * Where the catalogue's vectors and the vectors of texts have their middles: likeness between two of them is seen from
 * there.
 *
 * @param itemMean as long as the evidence's vectors
 * @param textMean the same
 */
public record CatalogueCentre(float[] itemMean, float[] textMean) {
    /** What is left of evidence when what all evidence shares is taken away. */
    float[] seen(Evidence evidence) {
        return Vectors
            .plusScaled(evidence.vector(), -1, evidence.source() == Evidence.Source.ITEM ? itemMean : textMean);
    }

    float[] seen(DecayedSum sum) {
        return sum.centred(itemMean, textMean);
    }
}
