package org.opensearch.interest.evaluate;

import org.opensearch.interest.core.digest.Sha256;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.TextRules;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.inference.ModelDescriptionReader;
import org.opensearch.interest.engine.onnx.OnnxLoader;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Converts texts to unit vectors by the bundled model and caches them in a file that is named by a hash of all that
 * they depend on.
 */
final class ItemTexts {
    private static final String MODEL = "all-minilm-l6-v2";

    private final Path plugin;
    private final Path cache;
    private final int threads;
    private final ProgressLine progress;

    /**
     * @param plugin the unpacked plugin, with its models and native libraries
     * @param cache  a folder, created if it is missing
     */
    ItemTexts(Path plugin, Path cache, int threads, ProgressLine progress) {
        this.plugin = plugin.toAbsolutePath();
        this.cache = cache;
        this.threads = threads;
        this.progress = progress;
    }

    /** Returns the prior geometry of the model. */
    Moments prior() throws IOException {
        try (InputStream in = new BufferedInputStream(
            Files.newInputStream(plugin.resolve("models").resolve(MODEL).resolve("geometry.bin"))
        )) {
            return Moments.readFrom(in);
        }
    }

    /** Returns one unit vector per text, null for a blank text. */
    List<float[]> vectors(List<String> texts, TextType type) throws IOException {
        if (texts.isEmpty()) {
            return List.of();
        }
        Path file = cache.resolve("vectors-" + hash(texts, type) + ".bin");
        float[][] vectors = Files.exists(file) ? read(file, texts.size()) : null;
        if (vectors == null) {
            vectors = embed(texts, type);
            write(file, vectors);
        }
        return Arrays.asList(vectors);
    }

    private float[][] embed(List<String> texts, TextType type) {
        float[][] vectors = new float[texts.size()][];
        AtomicInteger next = new AtomicInteger();
        try (
            Encoder encoder = new OnnxLoader(plugin.resolve("native"))
                .load(ModelDescriptionReader.read(plugin.resolve("models").resolve(MODEL)));
            ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < threads; worker++) {
                workers.add(pool.submit(() -> {
                    for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
                        if (TextRules.isBlank(texts.get(i)) == false) {
                            String text = TextRules.truncate("text", texts.get(i));
                            vectors[i] = Vectors.unit(encoder.encode(text, type).vector());
                        }
                        progress.step("embedding texts", i + 1, texts.size());
                    }
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("texts could not be embedded: " + e.getMessage(), e);
        }
        return vectors;
    }

    private String hash(List<String> texts, TextType type) throws IOException {
        MessageDigest digest = Sha256.begin();
        Path model = plugin.resolve("models").resolve(MODEL).resolve("model.onnx");
        digest.update((MODEL + Files.size(model) + type).getBytes(StandardCharsets.UTF_8));
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 12);
    }

    private void write(Path file, float[][] vectors) throws IOException {
        Files.createDirectories(cache);
        Path part = Files.createTempFile(cache, "vectors", ".part");
        try (DataOutputStream out = new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)
        )) {
            out.writeInt(vectors.length);
            for (float[] vector : vectors) {
                out.writeInt(vector == null ? 0 : vector.length);
                for (int d = 0; vector != null && d < vector.length; d++) {
                    out.writeFloat(vector[d]);
                }
            }
        }
        // moved as a whole, so that an interrupted run leaves no file that the next run would trust
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns null if the file is not what was written; the texts are then embedded again. */
    private static float[][] read(Path file, int count) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != count) {
                return null;
            }
            float[][] vectors = new float[count][];
            for (int i = 0; i < count; i++) {
                int dimension = in.readInt();
                vectors[i] = dimension == 0 ? null : new float[dimension];
                for (int d = 0; d < dimension; d++) {
                    vectors[i][d] = in.readFloat();
                }
            }
            return vectors;
        } catch (IOException | NegativeArraySizeException e) {
            return null;
        }
    }
}
