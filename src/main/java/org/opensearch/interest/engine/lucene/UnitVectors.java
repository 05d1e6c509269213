package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.DocIdSetIterator;
import org.opensearch.interest.core.vector.Vectors;

import java.io.IOException;

/** Item vectors of one segment, scaled to unit length, for a few documents in ascending order. Not thread-safe. */
public final class UnitVectors {
    private final ItemVectors vectors;

    private UnitVectors(ItemVectors vectors) {
        this.vectors = vectors;
    }

    /**
     * Opens the vectors of a field. A field that is missing in the segment, or that holds no float vectors, has none.
     */
    public static UnitVectors of(LeafReader reader, String field) throws IOException {
        FieldInfo info = reader.getFieldInfos().fieldInfo(field);
        int dimension = info == null ? 0 : dimension(reader, info);
        return new UnitVectors(dimension == 0 ? null : ItemVectors.of(reader, field, dimension));
    }

    private static int dimension(LeafReader reader, FieldInfo info) throws IOException {
        if (info.hasVectorValues()) {
            return info.getVectorEncoding() == VectorEncoding.FLOAT32 ? info.getVectorDimension() : 0;
        }
        BinaryDocValues values = info.getDocValuesType() == DocValuesType.BINARY ? reader.getBinaryDocValues(info.name)
            : null;
        return values == null || values.nextDoc() == DocIdSetIterator.NO_MORE_DOCS ? 0
            : values.binaryValue().length / Float.BYTES;
    }

    /**
     * @param doc not before the document of the previous call
     * @return a new array; null if the document has no vector, or a zero or infinite one
     */
    public float[] vector(int doc) throws IOException {
        float[] vector = vectors == null ? null : vectors.vector(doc);
        double norm = vector == null ? 0 : Vectors.norm(vector);
        return norm > 0 && Double.isFinite(norm) ? Vectors.unit(vector) : null;
    }
}
