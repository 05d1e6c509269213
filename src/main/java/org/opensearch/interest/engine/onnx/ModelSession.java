package org.opensearch.interest.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.engine.onnx.TextTokenizer.Tokens;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An open network. Thread-safe except for {@link #close()}, which its only owner calls after the last run. */
final class ModelSession implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelSpec spec;
    private final Set<String> inputs;
    private final String output;
    private final String device;

    private ModelSession(OrtEnvironment environment, DevicePlacement.Placed placed, ModelSpec spec)
        throws OrtException {
        this.environment = environment;
        this.session = placed.session();
        this.device = placed.device();
        this.spec = spec;
        inputs = NetworkShape.inputs(session.getInputInfo());
        output = NetworkShape.output(session.getOutputInfo(), spec);
    }

    /**
     * Opens a network, and loads the native library on first use: see {@link NativeLibraries#load}.
     *
     * @throws IllegalArgumentException if the file and the description do not fit together, or if the device cannot be
     *                                  used
     */
    static ModelSession open(Path file, ModelSpec spec, DevicePlacement placement) throws OrtException {
        OrtEnvironment environment = DevicePlacement.environment();
        DevicePlacement.Placed placed = placement.open(environment, file);
        try {
            return new ModelSession(environment, placed, spec);
        } catch (Throwable t) {
            placed.session().close();
            throw t;
        }
    }

    /** {@code cpu} or {@code cuda:N}. */
    String device() {
        return device;
    }

    boolean onGpu() {
        return device.equals("cpu") == false;
    }

    /**
     * Returns one vector a text, before normalization to unit length. Shorter texts are padded to the longest, and the
     * attention mask hides the padding.
     */
    List<float[]> run(List<Tokens> texts) throws OrtException {
        return run(texts, null);
    }

    /** @param options a handle with which another thread can end the run; null for none */
    List<float[]> run(List<Tokens> texts, OrtSession.RunOptions options) throws OrtException {
        int longest = texts.stream().mapToInt(Tokens::length).max().orElseThrow();
        long[] shape = { texts.size(), longest };
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (String input : inputs) {
                LongBuffer values = LongBuffer.allocate(texts.size() * longest);
                for (Tokens text : texts) {
                    values.put(Arrays.copyOf(NetworkShape.values(input, text), longest));
                }
                tensors.put(input, OnnxTensor.createTensor(environment, values.flip(), shape));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(output), options)) {
                return pooled((OnnxTensor) result.get(0), texts, longest);
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private List<float[]> pooled(OnnxTensor tensor, List<Tokens> texts, int longest) {
        int dimension = NetworkShape.dimension(output, tensor.getInfo(), spec);
        FloatBuffer hidden = tensor.getFloatBuffer();
        int each = hidden.limit() / texts.size();
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            float[] vector = spec.pooling()
                .pool(hidden.slice(i * each, each), Arrays.copyOf(texts.get(i).attention(), longest), dimension);
            // A Matryoshka model is trained so that the first numbers of a vector are a vector (Kusupati et al.,
            // Matryoshka Representation Learning, NeurIPS 2022).
            vectors.add(vector.length == spec.dimension() ? vector : Arrays.copyOf(vector, spec.dimension()));
        }
        return vectors;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
