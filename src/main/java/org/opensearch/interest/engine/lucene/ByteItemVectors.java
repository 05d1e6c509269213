package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;

import java.io.IOException;

/** Item vectors of one signed byte per dimension in Lucene's vector index. */
final class ByteItemVectors extends ItemVectors {
    private final ByteVectorValues values;
    private final DocIndexIterator documents;
    private final float[] vector;

    ByteItemVectors(ByteVectorValues values) {
        this.values = values;
        this.documents = values.iterator();
        this.vector = new float[values.dimension()];
    }

    @Override
    boolean unitLength() {
        return false;
    }

    @Override
    float[] vector(int doc) throws IOException {
        int current = documents.docID();
        if (current < doc) {
            current = documents.advance(doc);
        }
        if (current != doc) {
            return null;
        }
        byte[] bytes = values.vectorValue(documents.index());
        for (int i = 0; i < vector.length; i++) {
            vector[i] = bytes[i];
        }
        return vector;
    }
}
