package org.opensearch.interest.engine.onnx;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.vector.Vectors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The geometry stored with the bundled model equals the one fitted on its texts. */
class PriorFitTest {
    @Test
    void theShippedGeometryIsFittedOnTheDemosTexts() throws IOException {
        Moments shipped;
        Path geometry = BundledModel.pluginFolder().resolve("models/all-minilm-l6-v2/geometry.bin");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(geometry))) {
            shipped = Moments.readFrom(in);
        }
        Moments fitted;
        try (Encoder encoder = BundledModel.load()) {
            fitted = PriorFit.fit(encoder);
        }
        // An int8 model rounds differently on another processor.
        assertTrue(Vectors.cosine(shipped.itemMean(), fitted.itemMean()) > 0.999);
        assertTrue(Vectors.cosine(shipped.textMean(), fitted.textMean()) > 0.999);
        for (int i = 0; i < shipped.itemMean().length; i++) {
            assertArrayEquals(shipped.covariance().rows()[i], fitted.covariance().rows()[i], 1e-4f);
        }
    }
}
