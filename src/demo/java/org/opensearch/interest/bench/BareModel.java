package org.opensearch.interest.bench;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Baseline of the plugin's inference: the bare model with its tokenizer, a session and a loop. */
final class BareModel implements AutoCloseable {
    private static final Map<String, String> UNPADDED = Map
        .of("padding", "false", "truncation", "longest_first", "maxLength", "256", "modelMaxLength", "256");

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final HuggingFaceTokenizer tokenizer;
    private final OrtSession session;
    private final int callers;

    private BareModel(HuggingFaceTokenizer tokenizer, OrtSession.SessionOptions options, Path folder, int callers)
        throws OrtException {
        this.tokenizer = tokenizer;
        this.callers = callers;
        session = environment.createSession(folder.resolve("model.onnx").toString(), options);
    }

    /**
     * The naive way, as in a first program: the runtime's default settings, one text after the other, each padded as
     * the tokenizer's file says. The Java tokenizer treats a fixed length in that file as "the length of the longest
     * text", which means no padding with one text a run ({@link #unpadded}). So this method reads the length from the
     * file and requests it explicitly.
     *
     * @throws IOException if the file sets no fixed length, because this and {@link #unpadded} would be the same
     */
    static BareModel padded(Path folder) throws IOException, OrtException {
        JsonObject padding = JsonParser.parseString(Files.readString(folder.resolve("tokenizer.json")))
            .getAsJsonObject()
            .getAsJsonObject("padding");
        if (padding.get("strategy") instanceof JsonObject strategy && strategy.has("Fixed")) {
            String length = strategy.get("Fixed").getAsString();
            Map<String, String> fixed = Map.of(
                "padding", "max_length", "truncation", "longest_first", "maxLength", length, "modelMaxLength", length
            );
            return new BareModel(tokenizer(folder, fixed), new OrtSession.SessionOptions(), folder, 1);
        }
        throw new IOException("the tokenizer's file pads to no fixed length: " + padding);
    }

    /** The naive way without padding: the runtime's default settings, one text after the other. */
    static BareModel unpadded(Path folder) throws IOException, OrtException {
        return new BareModel(tokenizer(folder, UNPADDED), new OrtSession.SessionOptions(), folder, 1);
    }

    /**
     * The fastest way found with one text a run: no padding, one thread a run, one run on each core at once.
     */
    static BareModel tuned(Path folder) throws IOException, OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return new BareModel(tokenizer(folder, UNPADDED), options, folder, Runtime.getRuntime().availableProcessors());
    }

    private static HuggingFaceTokenizer tokenizer(Path folder, Map<String, String> options) throws IOException {
        return HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"), options);
    }

    /** Returns the number of tokens of a text, including padding. */
    int tokens(String text) {
        return tokenizer.encode(text).getIds().length;
    }

    void embed(List<String> texts) {
        AtomicInteger next = new AtomicInteger();
        Thread[] threads = new Thread[callers];
        for (int i = 0; i < callers; i++) {
            threads[i] = Thread.ofPlatform().start(() -> {
                for (int text = next.getAndIncrement(); text < texts.size(); text = next.getAndIncrement()) {
                    embed(texts.get(text));
                }
            });
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    float[] embed(String text) {
        Encoding encoding = tokenizer.encode(text);
        long[][] values = { encoding.getIds(), encoding.getAttentionMask(), encoding.getTypeIds() };
        String[] names = { "input_ids", "attention_mask", "token_type_ids" };
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            for (int i = 0; i < names.length; i++) {
                inputs.put(
                    names[i],
                    OnnxTensor.createTensor(environment, LongBuffer.wrap(values[i]), new long[]{ 1, values[i].length })
                );
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[] first = new float[384];
                ((OnnxTensor) result.get(0)).getFloatBuffer().get(first);
                return first;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
        tokenizer.close();
    }
}
