package org.opensearch.interest.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Pooling;
import org.opensearch.interest.engine.onnx.TextTokenizer.Tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Inputs and outputs of a network, checked against the model's description. The message of every mismatch lists what
 * the network has.
 */
final class NetworkShape {
    private static final String IDS = "input_ids";
    private static final String ATTENTION = "attention_mask";
    private static final String TYPES = "token_type_ids";
    private static final String POSITIONS = "position_ids";
    private static final Set<String> KNOWN_INPUTS = new TreeSet<>(Set.of(IDS, ATTENTION, TYPES, POSITIONS));
    private static final Set<OnnxJavaType> READABLE = EnumSet
        .of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);

    private NetworkShape() {}

    /**
     * Returns the names of the network's inputs.
     *
     * @throws IllegalArgumentException if an input is missing, unknown, or not INT64
     */
    static Set<String> inputs(Map<String, NodeInfo> inputs) {
        if (inputs.containsKey(IDS) == false) {
            throw new IllegalArgumentException(
                "the network has no input [" + IDS + "]; it has " + describe(inputs.values())
            );
        }
        for (NodeInfo input : inputs.values()) {
            if (KNOWN_INPUTS.contains(input.getName()) == false) {
                throw new IllegalArgumentException(
                    "the network wants the input [" + input.getName() + "]; only " + KNOWN_INPUTS + " can be given"
                );
            }
            if ((input.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT64) == false) {
                throw new IllegalArgumentException(
                    "the input [" + input.getName() + "] must be INT64; it is " + describe(List.of(input))
                );
            }
        }
        return inputs.keySet();
    }

    /** Returns the values of one input, one number a token. */
    static long[] values(String input, Tokens tokens) {
        return switch (input) {
            case IDS -> tokens.ids();
            case ATTENTION -> tokens.attention();
            case POSITIONS -> LongStream.range(0, tokens.length()).toArray();
            default -> tokens.types();
        };
    }

    /** Returns the name of the output to read. */
    static String output(Map<String, NodeInfo> outputs, ModelSpec spec) {
        List<String> fitting = new ArrayList<>();
        for (NodeInfo output : outputs.values()) {
            if (output.getInfo() instanceof TensorInfo tensor
                && tensor.getShape().length == spec.pooling().outputRank()) {
                fitting.add(output.getName());
            }
        }
        String name = spec.output().orElse(fitting.isEmpty() ? null : fitting.get(0));
        if (fitting.contains(name) == false) {
            throw new IllegalArgumentException(
                "the network has no output " + (spec.output().isPresent() ? "[" + name + "] " : "") + "with the ["
                    + spec.pooling().outputRank() + "] axes that "
                    + (spec.pooling() == Pooling.NONE ? "no pooling" : "pooling") + " wants; it has "
                    + describe(outputs.values())
            );
        }
        TensorInfo tensor = (TensorInfo) outputs.get(name).getInfo();
        if (READABLE.contains(tensor.type) == false) {
            throw new IllegalArgumentException(
                "the output [" + name + "] must hold floating-point numbers " + READABLE + "; it is "
                    + describe(List.of(outputs.get(name)))
            );
        }
        dimension(name, tensor, spec);
        return name;
    }

    /** Returns the length of the network's vectors, which is the last axis; −1 if the file leaves it open. */
    static int dimension(String output, TensorInfo tensor, ModelSpec spec) {
        long[] shape = tensor.getShape();
        int dimension = Math.toIntExact(shape[shape.length - 1]);
        if (dimension >= 0 && (spec.matryoshka() ? dimension < spec.dimension() : dimension != spec.dimension())) {
            throw new IllegalArgumentException(
                "[dimension] of the description is [" + spec.dimension() + "], but the network's output [" + output
                    + "] has [" + dimension + "]"
                    + (dimension > spec.dimension()
                        ? ". If it was trained for fewer (Matryoshka), set [matryoshka] to true"
                        : "")
            );
        }
        return dimension;
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
