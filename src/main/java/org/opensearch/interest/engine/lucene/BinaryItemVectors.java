package org.opensearch.interest.engine.lucene;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Item vectors in binary doc values: one big-endian float32 per dimension, as the k-NN plugin writes them. */
final class BinaryItemVectors extends ItemVectors {
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN);

    private final BinaryDocValues values;
    private final String field;
    private final float[] vector;

    BinaryItemVectors(BinaryDocValues values, String field, int dimension) {
        this.values = values;
        this.field = field;
        this.vector = new float[dimension];
    }

    @Override
    boolean unitLength() {
        return false;
    }

    @Override
    float[] vector(int doc) throws IOException {
        if (values.advanceExact(doc) == false) {
            return null;
        }
        BytesRef bytes = values.binaryValue();
        requireDimension(field, bytes.length / Float.BYTES, vector.length);
        for (int i = 0, at = bytes.offset; i < vector.length; i++, at += Float.BYTES) {
            vector[i] = (float) FLOAT.get(bytes.bytes, at);
        }
        return vector;
    }
}
