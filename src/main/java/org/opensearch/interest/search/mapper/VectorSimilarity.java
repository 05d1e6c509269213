package org.opensearch.interest.search.mapper;

import org.apache.lucene.index.VectorSimilarityFunction;
import org.opensearch.index.mapper.MapperParsingException;

import java.util.Locale;

/** Similarity of a field's vector index. */
enum VectorSimilarity {
    /** Vectors are stored at unit length, so that the cosine is a dot product and scoring needs no normalisation. */
    COSINE(VectorSimilarityFunction.DOT_PRODUCT),
    /** Vectors are stored unchanged; a longer vector has a higher score. */
    DOT_PRODUCT(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT),
    L2(VectorSimilarityFunction.EUCLIDEAN);

    private final VectorSimilarityFunction function;

    VectorSimilarity(VectorSimilarityFunction function) {
        this.function = function;
    }

    VectorSimilarityFunction function() {
        return function;
    }

    String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    static VectorSimilarity parse(String field, String spelling) {
        for (VectorSimilarity similarity : values()) {
            if (similarity.spelling().equals(spelling)) {
                return similarity;
            }
        }
        throw new MapperParsingException(
            "[interest] [similarity] of field [" + field + "] must be one of [cosine, dot_product, l2], but was ["
                + spelling + "]"
        );
    }
}
