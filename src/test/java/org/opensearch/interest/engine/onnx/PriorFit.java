package org.opensearch.interest.engine.onnx;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.vector.Vectors;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits the geometry of the bundled model on the demo's texts: items as titles and as titles with descriptions, because
 * shops embed either, and search texts. Run {@link #main} to write the file again.
 */
public final class PriorFit {
    private static final Path TEXTS = Path.of("src/demo/resources/demo");

    private PriorFit() {}

    static Moments fit(Encoder encoder) throws IOException {
        List<float[]> items = new ArrayList<>();
        for (String line : Files.readAllLines(TEXTS.resolve("catalogue.ndjson"))) {
            JsonObject item = JsonParser.parseString(line).getAsJsonObject();
            String title = item.get("title").getAsString();
            items.add(Vectors.unit(encoder.encode(title, TextType.PASSAGE).vector()));
            items.add(
                Vectors.unit(
                    encoder.encode(title + " " + item.get("description").getAsString(), TextType.PASSAGE).vector()
                )
            );
        }
        List<float[]> texts = new ArrayList<>();
        for (String search : Files.readAllLines(TEXTS.resolve("searches.txt"))) {
            texts.add(Vectors.unit(encoder.encode(search, TextType.QUERY).vector()));
        }
        return Moments.of(items, texts);
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of("models", BundledModel.ID, "geometry.bin");
        try (Encoder encoder = BundledModel.load();
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            fit(encoder).writeTo(out);
        }
        System.err.println("wrote " + file);
    }
}
