package org.opensearch.interest.engine.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sum of the bytes of a network's tensors, including tensors that the network fills with constants while it is loaded:
 * {@code ConstantOfShape}, {@code Expand}, {@code Tile} and the random operators, in sequence. Results of other
 * operators are not counted, because their sizes depend on the inputs. Not thread-safe.
 */
final class TensorSizes {
    private final Map<String, OnnxFile.ParsedMessage> constants = new HashMap<>();
    private final List<OnnxFile.ParsedMessage> fillers = new ArrayList<>();
    private long bytes;

    /** @return the product; 0 if a factor is negative, {@code Long.MAX_VALUE} if the product is larger */
    static long times(long a, long b) {
        if (a <= 0 || b <= 0) {
            return 0;
        }
        return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    void add(OnnxFile.ParsedMessage tensor) {
        bytes = plus(bytes, times(tensor.elements, width(tensor.type)));
    }

    void name(String name, OnnxFile.ParsedMessage tensor) {
        constants.put(name, tensor);
    }

    void node(OnnxFile.ParsedMessage node) {
        switch (node.name) {
            case "Constant" -> node.outputs.forEach(output -> constants.put(output, node));
            case "ConstantOfShape", "Expand", "Tile", "RandomNormal", "RandomUniform" -> fillers.add(node);
            default -> {
                // The size of the result depends on the inputs.
            }
        }
    }

    long bytes() {
        long all = bytes;
        Map<String, Long> filled = new HashMap<>();
        // Nodes are in execution order: the runtime refuses a file with another order.
        for (OnnxFile.ParsedMessage node : fillers) {
            long elements = switch (node.name) {
                case "ConstantOfShape" -> product(node, 0);
                case "Expand" -> product(node, 1);
                case "Tile" -> times(elements(node, filled), product(node, 1));
                default -> node.product;
            };
            node.outputs.forEach(output -> filled.put(output, elements));
            all = plus(all, times(elements, Float.BYTES));
        }
        return all;
    }

    /** Number of elements of the shape in one of the node's inputs; 1 if that input is not a constant. */
    private long product(OnnxFile.ParsedMessage node, int input) {
        OnnxFile.ParsedMessage shape = input < node.inputs.size() ? constants.get(node.inputs.get(input)) : null;
        return shape == null ? 1 : shape.product;
    }

    private long elements(OnnxFile.ParsedMessage node, Map<String, Long> filled) {
        String input = node.inputs.isEmpty() ? "" : node.inputs.get(0);
        OnnxFile.ParsedMessage constant = constants.get(input);
        return constant == null ? filled.getOrDefault(input, 1L) : constant.elements;
    }

    /** Bytes of one element, by ONNX's type number. On a CPU, half precision is widened to single precision. */
    private static int width(int type) {
        return switch (type) {
            case 1, 6, 10, 12, 16 -> 4;
            case 4, 5 -> 2;
            case 7, 11, 13, 14 -> 8;
            case 15 -> 16;
            default -> 1;
        };
    }

    private static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
