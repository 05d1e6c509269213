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
 * What an ONNX file says of its tensors, found without loading it: which files beside it hold weights, and how much
 * memory all of them will take. A walk through the file's protocol buffers (onnx.proto3) that looks at nothing else.
 * What it cannot walk through is no ONNX file. A few bytes can name a tensor of petabytes, and a runtime that believes
 * them ends the process that it runs in.
 */
final class OnnxFile {
    /** A graph within a node within a graph …; real ones are three deep. */
    private static final int DEEPEST = 32;
    /** Bytes of the longest tensor that can be a shape: 16 axes. */
    private static final int SHAPE_BYTES = 16 * Long.BYTES;

    /** Which fields of a message lead to tensors, and to which message. */
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

    /** @throws IOException where the content is cut off, or is something else */
    static OnnxFile read(ByteBuffer content) throws IOException {
        OnnxFile file = new OnnxFile();
        try {
            if (content.hasRemaining() == false || file.walk(content.slice(), Message.MODEL, 0).leadsOn == false) {
                throw new IOException("it holds no network: this is no ONNX file");
            }
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException
            | IndexOutOfBoundsException e) {
            throw new IOException("it is cut off or damaged, or no ONNX file", e);
        }
        return file;
    }

    /** The places of weights outside the file, as it names them. */
    Set<String> externalData() {
        return locations;
    }

    /**
     * Bytes of all tensors that the file holds or names, and of those that it makes of constants;
     * {@code Long.MAX_VALUE} for more than that.
     */
    long tensorBytes() {
        return sizes.bytes();
    }

    private ParsedMessage walk(ByteBuffer message, Message kind, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("its graphs are nested more than [" + DEEPEST + "] deep");
        }
        ParsedMessage part = new ParsedMessage();
        while (message.hasRemaining()) {
            long tag = varint(message);
            int field = Math.toIntExact(tag >>> 3);
            switch ((int) tag & 7) {
                case 0 -> number(part, kind, field, varint(message));
                case 1 -> message.position(message.position() + Long.BYTES);
                case 5 -> message.position(message.position() + Integer.BYTES);
                case 2 -> {
                    int length = Math.toIntExact(varint(message));
                    ByteBuffer content = message.slice(message.position(), length);
                    message.position(message.position() + length);
                    if (kind.at(field) == null) {
                        content(part, kind, field, content);
                    } else {
                        part.leadsOn = true;
                        within(part, kind, walk(content, kind.at(field), depth + 1), kind.at(field));
                    }
                }
                default -> throw new IllegalArgumentException("no such wire type");
            }
        }
        return part;
    }

    /** Lists of numbers come one by one or packed into one content. */
    private static void number(ParsedMessage part, Message kind, int field, long value) {
        if (kind == Message.TENSOR && field == 1) {
            part.axis(value);
        } else if (kind == Message.TENSOR && field == 2) {
            part.type = Math.toIntExact(value);
        } else if ((kind == Message.TENSOR && field == 7) || (kind == Message.ATTRIBUTE && field == 8)) {
            part.value(value);
        }
    }

    private void content(ParsedMessage part, Message kind, int field, ByteBuffer content) {
        if (kind == Message.ENTRY) {
            if (field == 1) {
                part.name = text(content);
            } else if (field == 2 && "location".equals(part.name)) {
                locations.add(text(content));
            }
        } else if (kind == Message.TENSOR && field == 8) {
            part.name = text(content);
        } else if (kind == Message.TENSOR && field == 9 && content.remaining() <= SHAPE_BYTES) {
            part.raw = content.order(ByteOrder.LITTLE_ENDIAN);
        } else if ((kind == Message.TENSOR && (field == 1 || field == 7))
            || (kind == Message.ATTRIBUTE && field == 8)) {
            while (content.hasRemaining()) {
                number(part, kind, field, varint(content));
            }
        } else if (kind == Message.NODE && field == 1) {
            part.inputs.add(text(content));
        } else if (kind == Message.NODE && field == 2) {
            part.outputs.add(text(content));
        } else if (kind == Message.NODE && field == 4) {
            part.name = text(content);
        }
    }

    private void within(ParsedMessage whole, Message kind, ParsedMessage part, Message partKind) {
        switch (partKind) {
            case TENSOR -> {
                part.valuesFromRaw();
                sizes.add(part);
                if (kind == Message.GRAPH) {
                    sizes.name(part.name, part);
                } else if (kind == Message.ATTRIBUTE) {
                    whole.take(part);
                }
            }
            case ATTRIBUTE -> whole.take(part);
            case NODE -> sizes.node(part);
            default -> {
                // nothing of it is needed
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

    /** What was read of one message. */
    static final class ParsedMessage {
        private static final int INT64 = 7;

        /** Of a tensor or an entry its name, of a node its operator. */
        String name = "";
        final List<String> inputs = new ArrayList<>(0);
        final List<String> outputs = new ArrayList<>(0);
        int type;
        long elements = 1;
        /** Of whole numbers, as a shape has them: how many elements a tensor of that shape holds. */
        long product = 1;
        private ByteBuffer raw;
        private boolean leadsOn;

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

        private void take(ParsedMessage constant) {
            type = constant.type;
            elements = constant.elements;
            product = TensorSizes.times(product, constant.product);
        }
    }
}
