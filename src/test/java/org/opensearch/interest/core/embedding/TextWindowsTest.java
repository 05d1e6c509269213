package org.opensearch.interest.core.embedding;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TextWindowsTest {
    private static Embedding window(int tokens, boolean truncated, float... vector) {
        return new Embedding(vector, tokens, truncated, 1);
    }

    @Test
    void oneWindowIsItself() {
        Embedding only = window(7, false, 3, 4);
        assertSame(only, TextWindows.mean(List.of(only), true));
    }

    @Test
    void windowsWeighAsManyTokensAsTheyHave() {
        Embedding mean = TextWindows.mean(List.of(window(3, false, 1, 0), window(1, true, 0, 1)), false);
        assertArrayEquals(new float[]{ 0.75f, 0.25f }, mean.vector(), 1e-6f);
        assertEquals(4, mean.tokens());
        assertEquals(2, mean.unknownTokens());
        assertTrue(mean.truncated());
        Embedding unit = TextWindows.mean(List.of(window(3, false, 1, 0), window(3, false, 0, 1)), true);
        assertArrayEquals(new float[]{ (float) Math.sqrt(0.5), (float) Math.sqrt(0.5) }, unit.vector(), 1e-6f);
        assertFalse(unit.truncated());
    }

    @Test
    void equalWindowsChangeNothingAndUnlikeOnesLieWithinTheirHull() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<Embedding> windows = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(TextWindows.MOST); i++) {
                int tokens = 1 + random.nextInt(256);
                // within an eighth of the sphere, as sentence vectors are
                float[] near = { random.nextFloat() + 0.01f, random.nextFloat(), random.nextFloat() };
                windows.add(window(tokens, false, Vectors.unit(near)));
            }
            float[] mean = TextWindows.mean(windows, true).vector();
            Vectors.requireUnit("mean", mean);
            windows.forEach(window -> assertTrue(Vectors.cosine(mean, window.vector()) > 0));
            for (int d = 0; d < 3; d++) {
                int axis = d;
                assertTrue(
                    mean[d] >= windows.stream().mapToDouble(window -> window.vector()[axis]).min().getAsDouble() - 1e-6
                );
            }
            Embedding one = windows.get(0);
            assertArrayEquals(one.vector(), TextWindows.mean(List.of(one, one, one), true).vector(), 1e-6f);
        }
    }
}
