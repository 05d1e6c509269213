package org.opensearch.interest.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Texts of a shop, each different: words of the demo's catalogue in random order, so that no cache answers a later
 * round.
 */
final class BenchTexts {
    private final List<String> words = new ArrayList<>();
    private final Random random = new Random(11);

    BenchTexts() throws IOException {
        try (InputStream in = BenchTexts.class.getResourceAsStream("/demo/catalogue.ndjson")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                JsonObject item = JsonParser.parseString(line).getAsJsonObject();
                words.addAll(
                    List.of(
                        (item.get("title").getAsString() + " " + item.get("description").getAsString())
                            .split("[^A-Za-z]+")
                    )
                );
            }
        }
        words.removeIf(String::isEmpty);
    }

    /** Returns texts of about 12 tokens each, including the model's two special tokens. */
    List<String> titles(int count) {
        return texts(count, 8);
    }

    /** Returns texts of about 120 tokens each. */
    List<String> passages(int count) {
        return texts(count, 98);
    }

    List<String> queries(int count) {
        return texts(count, 4);
    }

    private List<String> texts(int count, int length) {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < length; word++) {
                text.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            texts.add(text.toString().strip());
        }
        return texts;
    }
}
