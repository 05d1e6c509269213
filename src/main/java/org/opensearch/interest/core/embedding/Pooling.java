package org.opensearch.interest.core.embedding;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * How the vectors of a text's tokens become the text's one vector (Reimers and Gurevych, Sentence-BERT, EMNLP 2019).
 * Which is right was decided when the model was trained.
 */
public enum Pooling {
    /** the mean over the tokens that the attention mask names */
    MEAN {
        @Override
        void into(FloatBuffer hidden, long[] attention, float[] pooled) {
            double[] sum = new double[pooled.length];
            int tokens = 0;
            for (int token = 0; token < attention.length; token++) {
                if (attention[token] != 0) {
                    tokens++;
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += hidden.get(token * sum.length + i);
                    }
                }
            }
            for (int i = 0; i < sum.length; i++) {
                pooled[i] = (float) (sum[i] / tokens);
            }
        }
    },
    /** the vector of the first token */
    CLS {
        @Override
        void into(FloatBuffer hidden, long[] attention, float[] pooled) {
            hidden.get(0, pooled);
        }
    },
    /** the vector of the last token that the attention mask names */
    LAST_TOKEN {
        @Override
        void into(FloatBuffer hidden, long[] attention, float[] pooled) {
            int last = attention.length - 1;
            while (attention[last] == 0) {
                last--;
            }
            hidden.get(last * pooled.length, pooled);
        }
    },
    /** the model pools by itself: one vector comes out */
    NONE {
        @Override
        void into(FloatBuffer hidden, long[] attention, float[] pooled) {
            hidden.get(0, pooled);
        }
    };

    /**
     * Pools the output for one text.
     *
     * @param hidden    tokens × dimension numbers, token by token; for {@link #NONE} dimension numbers
     * @param attention one number a token, 0 for padding
     * @return a new vector of the dimension
     */
    public float[] pool(FloatBuffer hidden, long[] attention, int dimension) {
        int vectors = this == NONE ? 1 : attention.length;
        if (hidden.limit() != vectors * dimension) {
            throw new IllegalArgumentException(
                "[" + hidden.limit() + "] numbers are not [" + vectors + "] vectors of [" + dimension + "] dimensions"
            );
        }
        if (this != NONE && Arrays.stream(attention).allMatch(mask -> mask == 0)) {
            throw new IllegalArgumentException("no token to pool: the attention mask holds nothing but 0");
        }
        float[] pooled = new float[dimension];
        into(hidden, attention, pooled);
        return pooled;
    }

    /** How many axes the output for a batch of texts has. */
    public int outputRank() {
        return this == NONE ? 2 : 3;
    }

    abstract void into(FloatBuffer hidden, long[] attention, float[] pooled);
}
