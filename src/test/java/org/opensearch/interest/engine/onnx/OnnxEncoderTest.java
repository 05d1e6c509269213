package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.embedding.TextWindows;
import org.opensearch.interest.core.vector.Vectors;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The bundled model, called directly. */
class OnnxEncoderTest {
    private static Encoder encoder;

    @BeforeAll
    static void load() {
        encoder = BundledModel.load();
    }

    @AfterAll
    static void close() {
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
    void whatMeansTheSameIsNear() {
        assertEquals(0.801, cosine("running shoes", "jogging sneakers"), 0.005);
        assertTrue(cosine("running shoes", "coffee mug") < 0.2);
    }

    @Test
    void vectorsAreOfUnitLengthAndRepeatable() {
        Embedding first = embed("comfortable insoles");
        assertEquals(384, first.vector().length);
        Vectors.requireUnit("vector", first.vector());
        embed("something else entirely, and quite a bit longer than what came before");
        assertArrayEquals(first.vector(), embed("comfortable insoles").vector(), 0);
    }

    @Test
    void tokensAreCounted() {
        // [CLS] running shoes [SEP]
        Embedding embedding = embed("running shoes");
        assertEquals(4, embedding.tokens());
        assertFalse(embedding.truncated());
        assertEquals(0, embedding.unknownTokens());
    }

    @Test
    void aTextIsReadUpToTheModelsLengthNotTheTokenizerFiles() {
        Embedding fits = embed("word ".repeat(254));
        assertEquals(256, fits.tokens());
        assertFalse(fits.truncated());
        Embedding cut = embed("word ".repeat(255));
        assertEquals(256, cut.tokens());
        assertTrue(cut.truncated());
        assertArrayEquals(fits.vector(), cut.vector(), 0);
    }

    @Test
    void whatNoModelReadsIsCutOffBeforeItIsTokenized() {
        Embedding all = embed("running shoes ".repeat(70_000));
        Embedding cut = embed(TextRules.cut("running shoes ".repeat(70_000), 32 * 256));
        assertEquals(256, all.tokens());
        assertTrue(all.truncated());
        assertArrayEquals(cut.vector(), all.vector(), 0);
        // A word that is too long for the tokenizer is one unknown token; the text was truncated all the same.
        Embedding word = embed("x".repeat(1_000_000));
        assertEquals(3, word.tokens());
        assertTrue(word.truncated());
        assertTrue(embed("x" + "\ud83e\udd8a".repeat(32 * 256)).truncated(), "half of a character is no character");
        assertFalse(whole("x".repeat(32 * 256 + 1)).truncated(), "all of it is read in windows");
    }

    private static Embedding whole(String text) {
        return encoder.encodeWhole(text, TextType.PASSAGE);
    }

    @Test
    void aTextThatFitsIsItsOwnOneWindow() {
        for (String text : List.of("shoes", "running shoes for wet trails", "word ".repeat(254))) {
            assertArrayEquals(embed(text).vector(), whole(text).vector(), 0, text);
            assertEquals(embed(text).tokens(), whole(text).tokens());
            assertFalse(whole(text).truncated());
        }
    }

    @Test
    void aLongTextIsTheMeanOfWindowsThatOverlap() {
        // A window holds 254 words, of which 64 are read twice.
        String[] words = IntStream.range(0, 444).mapToObj(i -> i < 222 ? "shoes" : "coffee").toArray(String[]::new);
        Embedding whole = whole(String.join(" ", words));
        Embedding first = embed(String.join(" ", Arrays.copyOfRange(words, 0, 254)));
        Embedding second = embed(String.join(" ", Arrays.copyOfRange(words, 190, 444)));
        assertEquals(512, whole.tokens());
        assertFalse(whole.truncated());
        float[] mean = Vectors.unit(Vectors.plusScaled(first.vector(), 1, second.vector()));
        assertArrayEquals(mean, whole.vector(), 1e-5f);
        Vectors.requireUnit("vector", whole.vector());
        assertTrue(Vectors.cosine(whole.vector(), first.vector()) > 0);
        float[] coffee = embed("coffee").vector();
        assertTrue(
            Vectors.cosine(whole.vector(), coffee) > Vectors.cosine(first.vector(), coffee) + 0.1,
            "what stands at the end counts"
        );
    }

    @Test
    void aTextBeyondAllWindowsIsCutOff() {
        Embedding whole = whole("word ".repeat(10_000));
        assertEquals(TextWindows.MOST * 256, whole.tokens());
        assertTrue(whole.truncated());
    }

    @Test
    void whatTheTokenizerDoesNotKnowIsCounted() {
        Embedding embedding = embed("shoes 🥾 𐍈𐍈");
        assertEquals(2, embedding.unknownTokens());
        assertTrue(embed("舒适的鞋垫").unknownTokens() > 0);
    }

    @Test
    void anyUnicodePasses() {
        Vectors.requireUnit("vector", embed("nul \0 and 𝒻𝒶𝓃𝒸𝓎 \uFFFF \u202e text").vector());
        Vectors.requireUnit("vector", embed("x".repeat(1_000_000)).vector());
    }
}
