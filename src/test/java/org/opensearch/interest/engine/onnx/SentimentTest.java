package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.Sentiment;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.vector.Vectors;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Sentiment of the bundled model in clear cases; no accuracy is promised for others. */
class SentimentTest {
    @Test
    void clearComplaintsSpeakAgainstAndPraiseDoesNot() {
        try (Encoder encoder = BundledModel.load()) {
            Sentiment sentiment = new Sentiment(Sentiment.anchors().stream().map(text -> unit(encoder, text)).toList());
            List<String> complaints = List.of(
                "fell apart after a week", "stopped working after two days", "terrible, hate it", "not worth the price"
            );
            for (String complaint : complaints) {
                assertTrue(sentiment.isAgainst(unit(encoder, complaint)), complaint);
            }
            for (String praise : List.of(
                "love this", "fantastic shoes, so comfortable", "worth every penny",
                "bought a second one for my brother"
            )) {
                assertFalse(sentiment.isAgainst(unit(encoder, praise)), praise);
            }
        }
    }

    private static float[] unit(Encoder encoder, String text) {
        return Vectors.unit(encoder.encode(text, TextType.QUERY).vector());
    }
}
