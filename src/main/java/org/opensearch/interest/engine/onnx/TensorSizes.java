package org.opensearch.interest.engine.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many bytes a network's tensors take, those included that it fills with constants while it is loaded:
 * {@code ConstantOfShape}, {@code Expand}, {@code Tile} and the random ones, one after the other. Of what networks
 * compute otherwise it knows nothing: that depends on their inputs. Not thread-safe.
 */
final class TensorSizes {
    private final Map<String, OnnxFile.ParsedMessage> constants = new HashMap<>();
    private final List<OnnxFile.ParsedMessage> fillers = new ArrayList<>();
    private long bytes;

    /** @return the product, of a negative factor 0; {@code Long.MAX_VALUE} where it is larger */
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
                // its size depends on what it is given
            }
        }
    }

    long bytes() {
        long all = bytes;
        Map<String, Long> filled = new HashMap<>();
        // in the order in which they run: a file that has them in another is refused by the runtime
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

    /** Of the shape that a node is given; 1 where that is not known beforehand. */
    private long product(OnnxFile.ParsedMessage node, int input) {
        OnnxFile.ParsedMessage shape = input < node.inputs.size() ? constants.get(node.inputs.get(input)) : null;
        return shape == null ? 1 : shape.product;
    }

    private long elements(OnnxFile.ParsedMessage node, Map<String, Long> filled) {
        String input = node.inputs.isEmpty() ? "" : node.inputs.get(0);
        OnnxFile.ParsedMessage constant = constants.get(input);
        return constant == null ? filled.getOrDefault(input, 1L) : constant.elements;
    }

    /** Bytes of one element, by ONNX's number of its type. Half precision is unfolded to single on a processor. */
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
