package org.opensearch.interest.bench;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The model without anything around it: tokenizer, session, a loop. Its two ways are what the plugin is compared to. */
final class BareModel implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final HuggingFaceTokenizer tokenizer;
    private final OrtSession session;
    private final int callers;

    private BareModel(HuggingFaceTokenizer tokenizer, OrtSession.SessionOptions options, Path folder, int callers) throws OrtException {
        this.tokenizer = tokenizer;
        this.callers = callers;
        session = environment.createSession(folder.resolve("model.onnx").toString(), options);
    }

    /** As a first program does it: the libraries' own settings, padding as the tokenizer's file says, one text after the other. */
    static BareModel naive(Path folder) throws IOException, OrtException {
        return new BareModel(HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json")), new OrtSession.SessionOptions(), folder, 1);
    }

    /** The best that was found for one text a run: no padding, one thread a run, as many runs at once as there are cores. */
    static BareModel tuned(Path folder) throws IOException, OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        Map<String, String> unpadded = Map.of("padding", "false", "truncation", "longest_first", "maxLength", "256", "modelMaxLength", "256");
        return new BareModel(
            HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"), unpadded),
            options,
            folder,
            Runtime.getRuntime().availableProcessors()
        );
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
                inputs.put(names[i], OnnxTensor.createTensor(environment, LongBuffer.wrap(values[i]), new long[] { 1, values[i].length }));
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
