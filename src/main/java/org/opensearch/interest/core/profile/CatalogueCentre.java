package org.opensearch.interest.core.profile;

import org.opensearch.interest.core.vector.Vectors;

/**
 * Means of the catalogue's item vectors and of text vectors. The similarity of evidence and topics is the cosine after
 * these means are subtracted.
 *
 * @param itemMean of the same dimension as the evidence's vectors
 * @param textMean of the same dimension
 */
public record CatalogueCentre(float[] itemMean, float[] textMean) {
    /** The evidence's vector minus the mean of its source, which all evidence of that source shares. */
    float[] centred(Evidence evidence) {
        return Vectors
            .plusScaled(evidence.vector(), -1, evidence.source() == Evidence.Source.ITEM ? itemMean : textMean);
    }

    float[] centred(DecayedSum sum) {
        return sum.centred(itemMean, textMean);
    }
}
