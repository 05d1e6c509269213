package org.opensearch.interest.onnx;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the files beside an ONNX file that hold its weights, without loading them: a walk through the file's protocol buffers
 * (onnx.proto3) that looks at nothing but tensors' places. What it cannot walk through is no ONNX file.
 */
final class OnnxFile {
    /** A graph within a node within a graph …; real ones are three deep. */
    private static final int DEEPEST = 32;

    /** Which fields of a message lead to tensors, and to which message. */
    private enum Message {
        MODEL, GRAPH, NODE, ATTRIBUTE, FUNCTION, SPARSE, TENSOR, ENTRY;

        private static final Map<Message, Map<Integer, Message>> PATHS = Map.of(
            MODEL, Map.of(7, GRAPH, 25, FUNCTION),
            GRAPH, Map.of(1, NODE, 5, TENSOR, 15, SPARSE),
            NODE, Map.of(5, ATTRIBUTE),
            ATTRIBUTE, Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE, 23, SPARSE),
            FUNCTION, Map.of(7, NODE),
            SPARSE, Map.of(1, TENSOR, 2, TENSOR),
            TENSOR, Map.of(13, ENTRY),
            ENTRY, Map.of()
        );

        Message at(int field) {
            return PATHS.get(this).get(field);
        }
    }

    private final Set<String> locations = new TreeSet<>();

    private OnnxFile() {}

    /**
     * The places of weights outside the file, as it names them.
     *
     * @throws IOException where the content is cut off, or is something else
     */
    static Set<String> externalData(ByteBuffer content) throws IOException {
        OnnxFile file = new OnnxFile();
        try {
            if (content.hasRemaining() == false || file.walk(content.slice(), Message.MODEL, 0) == false) {
                throw new IOException("it holds no network: this is no ONNX file");
            }
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new IOException("it is cut off or damaged, or no ONNX file", e);
        }
        return file.locations;
    }

    /** Whether anything was found that leads on. */
    private boolean walk(ByteBuffer message, Message kind, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("its graphs are nested more than [" + DEEPEST + "] deep");
        }
        boolean found = false;
        String key = null;
        while (message.hasRemaining()) {
            long tag = varint(message);
            int field = Math.toIntExact(tag >>> 3);
            switch ((int) tag & 7) {
                case 0 -> varint(message);
                case 1 -> message.position(message.position() + Long.BYTES);
                case 5 -> message.position(message.position() + Integer.BYTES);
                case 2 -> {
                    int length = Math.toIntExact(varint(message));
                    ByteBuffer content = message.slice(message.position(), length);
                    message.position(message.position() + length);
                    if (kind == Message.ENTRY && field == 1) {
                        key = text(content);
                    } else if (kind == Message.ENTRY && field == 2 && "location".equals(key)) {
                        locations.add(text(content));
                    } else if (kind.at(field) != null) {
                        found = true;
                        walk(content, kind.at(field), depth + 1);
                    }
                }
                default -> throw new IllegalArgumentException("no such wire type");
            }
        }
        return found;
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
}
