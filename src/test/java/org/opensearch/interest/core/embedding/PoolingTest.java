package org.opensearch.interest.core.embedding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.FloatBuffer;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class PoolingTest {
    private static final FloatBuffer HIDDEN = FloatBuffer.wrap(new float[]{ 1, 2, 3, 4, 50, 60 });
    private static final long[] TWO_OF_THREE = { 1, 1, 0 };

    @Test
    void eachPoolingReadsWhatItSays() {
        assertArrayEquals(new float[]{ 2, 3 }, Pooling.MEAN.pool(HIDDEN, TWO_OF_THREE, 2), 0);
        assertArrayEquals(new float[]{ 1, 2 }, Pooling.CLS.pool(HIDDEN, TWO_OF_THREE, 2), 0);
        assertArrayEquals(new float[]{ 3, 4 }, Pooling.LAST_TOKEN.pool(HIDDEN, TWO_OF_THREE, 2), 0);
        assertArrayEquals(
            new float[]{ 7, 8 }, Pooling.NONE.pool(FloatBuffer.wrap(new float[]{ 7, 8 }), TWO_OF_THREE, 2), 0
        );
    }

    /** Law: padding changes nothing, whatever stands in it. */
    @ParameterizedTest
    @EnumSource(names = { "MEAN", "CLS", "LAST_TOKEN" })
    void paddingDoesNotCount(Pooling pooling) {
        Random random = new Random(7);
        float[] hidden = new float[5 * 8];
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = (float) random.nextGaussian();
        }
        float[] alone = new float[3 * 8];
        System.arraycopy(hidden, 0, alone, 0, alone.length);
        assertArrayEquals(
            pooling.pool(FloatBuffer.wrap(alone), new long[]{ 1, 1, 1 }, 8),
            pooling.pool(FloatBuffer.wrap(hidden), new long[]{ 1, 1, 1, 0, 0 }, 8), 0
        );
    }

    /** Law: one token is its own pooling. */
    @ParameterizedTest
    @EnumSource
    void oneTokenIsItself(Pooling pooling) {
        float[] token = { 0.25f, -4 };
        assertArrayEquals(token, pooling.pool(FloatBuffer.wrap(token), new long[]{ 1 }, 2), 0);
    }

    @Test
    void whatDoesNotFitTogetherFails() {
        assertEquals(
            "[6] numbers are not [3] vectors of [4] dimensions",
            assertThrows(IllegalArgumentException.class, () -> Pooling.MEAN.pool(HIDDEN, TWO_OF_THREE, 4)).getMessage()
        );
        assertThrows(IllegalArgumentException.class, () -> Pooling.MEAN.pool(HIDDEN, new long[3], 2));
    }
}
