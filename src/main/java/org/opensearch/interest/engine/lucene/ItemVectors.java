package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;

import java.io.IOException;

/**
 * Item vectors of one segment, read forward by document. The vectors are in Lucene's vector index or, as the k-NN
 * plugin stores them in an index without {@code index.knn}, in binary doc values. Not thread-safe.
 */
abstract class ItemVectors {
    /** The attribute by which the k-NN plugin marks its fields. */
    private static final String KNN_FIELD = "knn_field";

    /** Returns true if every vector is known to be of unit length, so that lengths need not be computed. */
    abstract boolean unitLength();

    /**
     * @param doc not before the document of the previous call
     * @return the document's vector, valid until the next call and not to be changed; null if it has none
     */
    abstract float[] vector(int doc) throws IOException;

    /** @return null if no document of the segment has a vector */
    static ItemVectors of(LeafReader reader, String field, int dimension) throws IOException {
        FieldInfo info = reader.getFieldInfos().fieldInfo(field);
        if (info == null) {
            return null;
        }
        if (info.hasVectorValues()) {
            return indexed(reader, info, dimension);
        }
        if (info.getDocValuesType() == DocValuesType.BINARY) {
            BinaryDocValues values = reader.getBinaryDocValues(field);
            return values == null ? null : new BinaryItemVectors(values, field, dimension);
        }
        return null;
    }

    /** @return the vectors of a field that holds floats in Lucene's vector index; null for any other field */
    static FloatVectorValues floats(LeafReader reader, String field, int dimension) throws IOException {
        FieldInfo info = reader.getFieldInfos().fieldInfo(field);
        if (info == null || info.hasVectorValues() == false || info.getVectorEncoding() != VectorEncoding.FLOAT32) {
            return null;
        }
        requireDimension(field, info.getVectorDimension(), dimension);
        return reader.getFloatVectorValues(field);
    }

    /** Returns true if every vector of a field is known to be of unit length. The segment must have the field. */
    static boolean areUnit(LeafReader reader, String field) {
        return isUnit(reader.getFieldInfos().fieldInfo(field));
    }

    /**
     * Lucene requires unit vectors for the similarity DOT_PRODUCT; the k-NN plugin stores any vector under any
     * similarity.
     */
    private static boolean isUnit(FieldInfo info) {
        return info.getVectorSimilarityFunction() == VectorSimilarityFunction.DOT_PRODUCT
            && info.getAttribute(KNN_FIELD) == null;
    }

    private static ItemVectors indexed(LeafReader reader, FieldInfo info, int dimension) throws IOException {
        requireDimension(info.name, info.getVectorDimension(), dimension);
        if (info.getVectorEncoding() == VectorEncoding.BYTE) {
            ByteVectorValues bytes = reader.getByteVectorValues(info.name);
            return bytes == null ? null : new ByteItemVectors(bytes);
        }
        FloatVectorValues values = reader.getFloatVectorValues(info.name);
        return values == null ? null : new IndexedItemVectors(values, isUnit(info));
    }

    static void requireDimension(String field, int seen, int expected) {
        if (seen != expected) {
            throw new IllegalArgumentException(
                "[interest] field [" + field + "] holds vectors of [" + seen + "] dimensions, but the interest has ["
                    + expected + "]: both must come from one model"
            );
        }
    }

    private static final class IndexedItemVectors extends ItemVectors {
        private final FloatVectorValues values;
        private final DocIndexIterator documents;
        private final boolean unit;

        IndexedItemVectors(FloatVectorValues values, boolean unit) {
            this.values = values;
            this.documents = values.iterator();
            this.unit = unit;
        }

        @Override
        boolean unitLength() {
            return unit;
        }

        @Override
        float[] vector(int doc) throws IOException {
            int current = documents.docID();
            if (current < doc) {
                current = documents.advance(doc);
            }
            return current == doc ? values.vectorValue(documents.index()) : null;
        }
    }
}
