package org.opensearch.interest.engine.onnx;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Declarations of tensors in an ONNX file, read without loading the network: the files beside it that hold weights, and
 * the memory that all tensors will take. The reader walks through the file's protocol buffers (onnx.proto3), skips all
 * else, and refuses content that it cannot walk through. This check comes first because a few bytes can declare a
 * tensor of petabytes, and a runtime that trusts them ends its process.
 */
final class OnnxFile {
    /** Deepest nesting of graphs within nodes within graphs; real networks have three levels. */
    private static final int MAX_DEPTH = 32;
    /** Bytes of the longest tensor that can be a shape: 16 axes. */
    private static final int MAX_SHAPE_BYTES = 16 * Long.BYTES;

    /** Messages that can lead to tensors. {@code PATHS} has the fields to follow and the message behind each. */
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        FUNCTION,
        SPARSE,
        TENSOR,
        ENTRY;

        private static final Map<Message, Map<Integer, Message>> PATHS = Map.of(
            MODEL, Map.of(7, GRAPH, 25, FUNCTION), GRAPH, Map.of(1, NODE, 5, TENSOR, 15, SPARSE), NODE,
            Map.of(5, ATTRIBUTE), ATTRIBUTE, Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE, 23, SPARSE),
            FUNCTION, Map.of(7, NODE), SPARSE, Map.of(1, TENSOR, 2, TENSOR), TENSOR, Map.of(13, ENTRY), ENTRY, Map.of()
        );

        Message at(int field) {
            return PATHS.get(this).get(field);
        }
    }

    private final Set<String> locations = new TreeSet<>();
    private final TensorSizes sizes = new TensorSizes();

    private OnnxFile() {}

    /** @throws IOException if the content is cut off or is not an ONNX network */
    static OnnxFile read(ByteBuffer content) throws IOException {
        OnnxFile file = new OnnxFile();
        try {
            if (content.hasRemaining() == false || file.walk(content.slice(), Message.MODEL, 0).hasChild == false) {
                throw new IOException("it holds no network: this is no ONNX file");
            }
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException
            | IndexOutOfBoundsException e) {
            throw new IOException("it is cut off or damaged, or no ONNX file", e);
        }
        return file;
    }

    /** Names of the files that hold weights, as written in this file. */
    Set<String> externalData() {
        return locations;
    }

    /**
     * Bytes of all tensors that the file holds or names, and of those that the network fills with constants; {@code
     * Long.MAX_VALUE} if the sum is larger.
     */
    long tensorBytes() {
        return sizes.bytes();
    }

    private ParsedMessage walk(ByteBuffer message, Message kind, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("its graphs are nested more than [" + MAX_DEPTH + "] deep");
        }
        ParsedMessage parsed = new ParsedMessage();
        while (message.hasRemaining()) {
            long tag = varint(message);
            int field = Math.toIntExact(tag >>> 3);
            switch ((int) tag & 7) {
                case 0 -> number(parsed, kind, field, varint(message));
                case 1 -> message.position(message.position() + Long.BYTES);
                case 5 -> message.position(message.position() + Integer.BYTES);
                case 2 -> {
                    int length = Math.toIntExact(varint(message));
                    ByteBuffer content = message.slice(message.position(), length);
                    message.position(message.position() + length);
                    if (kind.at(field) == null) {
                        content(parsed, kind, field, content);
                    } else {
                        parsed.hasChild = true;
                        addChild(parsed, kind, walk(content, kind.at(field), depth + 1), kind.at(field));
                    }
                }
                default -> throw new IllegalArgumentException("no such wire type");
            }
        }
        return parsed;
    }

    /** Adds one number of a message. A list holds its numbers either one by one or packed in one field. */
    private static void number(ParsedMessage parsed, Message kind, int field, long value) {
        if (kind == Message.TENSOR && field == 1) {
            parsed.axis(value);
        } else if (kind == Message.TENSOR && field == 2) {
            parsed.type = Math.toIntExact(value);
        } else if ((kind == Message.TENSOR && field == 7) || (kind == Message.ATTRIBUTE && field == 8)) {
            parsed.value(value);
        }
    }

    private void content(ParsedMessage parsed, Message kind, int field, ByteBuffer content) {
        if (kind == Message.ENTRY) {
            if (field == 1) {
                parsed.name = text(content);
            } else if (field == 2 && "location".equals(parsed.name)) {
                locations.add(text(content));
            }
        } else if (kind == Message.TENSOR && field == 8) {
            parsed.name = text(content);
        } else if (kind == Message.TENSOR && field == 9 && content.remaining() <= MAX_SHAPE_BYTES) {
            parsed.raw = content.order(ByteOrder.LITTLE_ENDIAN);
        } else if ((kind == Message.TENSOR && (field == 1 || field == 7))
            || (kind == Message.ATTRIBUTE && field == 8)) {
            while (content.hasRemaining()) {
                number(parsed, kind, field, varint(content));
            }
        } else if (kind == Message.NODE && field == 1) {
            parsed.inputs.add(text(content));
        } else if (kind == Message.NODE && field == 2) {
            parsed.outputs.add(text(content));
        } else if (kind == Message.NODE && field == 4) {
            parsed.name = text(content);
        }
    }

    private void addChild(ParsedMessage parent, Message kind, ParsedMessage parsed, Message childKind) {
        switch (childKind) {
            case TENSOR -> {
                parsed.valuesFromRaw();
                sizes.add(parsed);
                if (kind == Message.GRAPH) {
                    sizes.name(parsed.name, parsed);
                } else if (kind == Message.ATTRIBUTE) {
                    parent.copyFrom(parsed);
                }
            }
            case ATTRIBUTE -> parent.copyFrom(parsed);
            case NODE -> sizes.node(parsed);
            default -> {
                // Other messages add nothing to the message that holds them.
            }
        }
    }

    private static String text(ByteBuffer content) {
        return StandardCharsets.UTF_8.decode(content).toString();
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }

    /** Values read from one message. */
    static final class ParsedMessage {
        private static final int INT64 = 7;

        /** The name of a tensor or an entry; the operator of a node. */
        String name = "";
        final List<String> inputs = new ArrayList<>(0);
        final List<String> outputs = new ArrayList<>(0);
        int type;
        long elements = 1;
        /**
         * Product of the whole numbers of a tensor or attribute. If they are a shape, this is the number of elements of
         * a tensor of that shape.
         */
        long product = 1;
        private ByteBuffer raw;
        private boolean hasChild;

        private void axis(long length) {
            elements = TensorSizes.times(elements, length);
        }

        private void value(long number) {
            product = TensorSizes.times(product, number);
        }

        private void valuesFromRaw() {
            while (type == INT64 && raw != null && raw.remaining() >= Long.BYTES) {
                value(raw.getLong());
            }
        }

        private void copyFrom(ParsedMessage constant) {
            type = constant.type;
            elements = constant.elements;
            product = TensorSizes.times(product, constant.product);
        }
    }
}
