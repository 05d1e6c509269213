package org.opensearch.interest.onnx;

import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.opensearch.interest.embedding.Embedding;
import org.opensearch.interest.embedding.Encoder;
import org.opensearch.interest.embedding.ModelException;
import org.opensearch.interest.embedding.TextType;
import org.opensearch.interest.vector.Vectors;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The real model, called directly. */
public class OnnxEncoderTests {
    private static Encoder encoder;

    @BeforeClass
    public static void load() {
        encoder = BundledModel.load();
    }

    @AfterClass
    public static void close() {
        encoder.close();
        encoder.close();
        assertEquals(
            ModelException.Kind.UNAVAILABLE,
            assertThrows(ModelException.class, () -> encoder.encode("late", TextType.QUERY)).kind()
        );
        encoder = null;
    }

    private static Embedding embed(String text) {
        return encoder.encode(text, TextType.PASSAGE);
    }

    private static double cosine(String a, String b) {
        return Vectors.cosine(embed(a).vector(), embed(b).vector());
    }

    @Test
    public void whatMeansTheSameIsNear() {
        assertEquals(0.801, cosine("running shoes", "jogging sneakers"), 0.005);
        assertTrue(cosine("running shoes", "coffee mug") < 0.2);
    }

    @Test
    public void vectorsAreOfUnitLengthAndRepeatable() {
        Embedding first = embed("comfortable insoles");
        assertEquals(384, first.vector().length);
        Vectors.requireUnit("vector", first.vector());
        embed("something else entirely, and quite a bit longer than what came before");
        assertArrayEquals(first.vector(), embed("comfortable insoles").vector(), 0);
    }

    @Test
    public void tokensAreCounted() {
        // [CLS] running shoes [SEP]
        Embedding embedding = embed("running shoes");
        assertEquals(4, embedding.tokens());
        assertFalse(embedding.truncated());
        assertEquals(0, embedding.unknownTokens());
    }

    @Test
    public void aTextIsReadUpToTheModelsLengthNotTheTokenizerFiles() {
        Embedding fits = embed("word ".repeat(254));
        assertEquals(256, fits.tokens());
        assertFalse(fits.truncated());
        Embedding cut = embed("word ".repeat(255));
        assertEquals(256, cut.tokens());
        assertTrue(cut.truncated());
        assertArrayEquals(fits.vector(), cut.vector(), 0);
    }

    @Test
    public void whatTheTokenizerDoesNotKnowIsCounted() {
        Embedding embedding = embed("shoes 🥾 𐍈𐍈");
        assertEquals(2, embedding.unknownTokens());
        assertTrue(embed("舒适的鞋垫").unknownTokens() > 0);
    }

    @Test
    public void anyUnicodePasses() {
        Vectors.requireUnit("vector", embed("nul \0 and 𝒻𝒶𝓃𝒸𝓎 \uFFFF ‮ text").vector());
        Vectors.requireUnit("vector", embed("x".repeat(1_000_000)).vector());
    }
}
