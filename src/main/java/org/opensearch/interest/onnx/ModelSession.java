package org.opensearch.interest.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import org.opensearch.interest.embedding.ModelSpec;
import org.opensearch.interest.embedding.Pooling;

import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A network at work. Thread-safe but for {@link #close()}, which its one owner calls when nobody runs it any more. */
final class ModelSession implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String ATTENTION = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final Set<String> KNOWN_INPUTS = new TreeSet<>(Set.of(IDS, ATTENTION, TYPES));

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelSpec spec;
    private final Set<String> inputs;
    private final String output;

    private ModelSession(OrtEnvironment environment, OrtSession session, ModelSpec spec) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.spec = spec;
        inputs = checkedInputs(session.getInputInfo());
        output = checkedOutput(session.getOutputInfo(), spec);
    }

    /**
     * Loads the native library too when it is the first: see {@link NativeLibraries#load}.
     *
     * @throws IllegalArgumentException where the file and the description do not fit together
     */
    static ModelSession open(Path file, ModelSpec spec) throws OrtException {
        // the process has one environment; it is not ours alone, and nobody closes it
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "interest");
        environment.setTelemetry(false);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // As many callers as cores, each on its own thread: a second thread within a call, or one that spins while it
            // waits, would take its core from another caller.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            OrtSession session = environment.createSession(file.toString(), options);
            try {
                return new ModelSession(environment, session, spec);
            } catch (Throwable t) {
                session.close();
                throw t;
            }
        }
    }

    /** The text's vector before it is brought to unit length. */
    float[] run(Tokens tokens) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            long[] shape = { 1, tokens.ids().length };
            for (String input : inputs) {
                tensors.put(input, OnnxTensor.createTensor(environment, LongBuffer.wrap(values(input, tokens)), shape));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
                OnnxTensor tensor = (OnnxTensor) result.get(0);
                checkDimension(output, tensor.getInfo(), spec);
                return spec.pooling().pool(tensor.getFloatBuffer(), tokens.attention(), spec.dimension());
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    private static long[] values(String input, Tokens tokens) {
        return switch (input) {
            case IDS -> tokens.ids();
            case ATTENTION -> tokens.attention();
            default -> tokens.types();
        };
    }

    private static Set<String> checkedInputs(Map<String, NodeInfo> inputs) {
        if (inputs.containsKey(IDS) == false) {
            throw new IllegalArgumentException("the network has no input [" + IDS + "]; it has " + describe(inputs.values()));
        }
        for (NodeInfo input : inputs.values()) {
            if (KNOWN_INPUTS.contains(input.getName()) == false) {
                throw new IllegalArgumentException("the network wants the input [" + input.getName() + "]; only " + KNOWN_INPUTS + " can be given");
            }
            if ((input.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT64) == false) {
                throw new IllegalArgumentException("the input [" + input.getName() + "] must be INT64; it is " + describe(List.of(input)));
            }
        }
        return inputs.keySet();
    }

    private static String checkedOutput(Map<String, NodeInfo> outputs, ModelSpec spec) {
        List<String> fitting = new ArrayList<>();
        for (NodeInfo output : outputs.values()) {
            if (output.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == spec.pooling().outputRank()) {
                fitting.add(output.getName());
            }
        }
        String wanted = spec.output().orElse(fitting.isEmpty() ? null : fitting.get(0));
        if (fitting.contains(wanted) == false) {
            throw new IllegalArgumentException(
                "the network has no output " + (spec.output().isPresent() ? "[" + wanted + "] " : "") + "with the [" + spec.pooling().outputRank()
                    + "] axes that " + (spec.pooling() == Pooling.NONE ? "no pooling" : "pooling") + " wants; it has " + describe(outputs.values())
            );
        }
        checkDimension(wanted, (TensorInfo) outputs.get(wanted).getInfo(), spec);
        return wanted;
    }

    /** The last axis; −1 where the file leaves it open. */
    private static void checkDimension(String output, TensorInfo tensor, ModelSpec spec) {
        long[] shape = tensor.getShape();
        long dimension = shape[shape.length - 1];
        if (dimension >= 0 && dimension != spec.dimension()) {
            throw new IllegalArgumentException(
                "[dimension] of the description is [" + spec.dimension() + "], but the network's output [" + output + "] has [" + dimension + "]"
            );
        }
    }

    private static String describe(Collection<NodeInfo> nodes) {
        List<String> described = new ArrayList<>();
        for (NodeInfo node : nodes) {
            described.add(
                node.getInfo() instanceof TensorInfo tensor
                    ? node.getName() + " " + tensor.type + Arrays.toString(tensor.getShape())
                    : node.getName()
            );
        }
        return described.toString();
    }
}
