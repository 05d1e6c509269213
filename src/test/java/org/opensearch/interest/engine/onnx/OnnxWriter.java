package org.opensearch.interest.engine.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writer of the few messages of onnx.proto3 that a small network needs. Every method appends one field; the order of
 * fields is free.
 */
final class OnnxWriter {
    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int BOOL = 9;
    static final int FLOAT16 = 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] bytes() {
        return bytes.toByteArray();
    }

    OnnxWriter number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    OnnxWriter bytes(int field, byte[] value) {
        varint((long) field << 3 | 2);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    OnnxWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    OnnxWriter message(int field, OnnxWriter value) {
        return bytes(field, value.bytes());
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** A model from a graph of operators and weights. */
    static byte[] model(OnnxWriter graph) {
        return new OnnxWriter().number(1, 8)
            .message(8, new OnnxWriter().text(1, "").number(2, 13))
            .message(7, graph.text(2, "tiny"))
            .bytes();
    }

    /** @param attributes each from {@link #attribute} */
    static OnnxWriter node(String operator, String[] inputs, String[] outputs, OnnxWriter... attributes) {
        OnnxWriter node = new OnnxWriter().text(4, operator);
        for (String input : inputs) {
            node.text(1, input);
        }
        for (String output : outputs) {
            node.text(2, output);
        }
        for (OnnxWriter attribute : attributes) {
            node.message(5, attribute);
        }
        return node;
    }

    static OnnxWriter attribute(String name, long value) {
        return new OnnxWriter().text(1, name).number(3, value).number(20, 2);
    }

    static OnnxWriter attributeList(String name, long value) {
        return new OnnxWriter().text(1, name).number(8, value).number(20, 7);
    }

    static OnnxWriter attributeGraph(String name, OnnxWriter graph) {
        return new OnnxWriter().text(1, name).message(6, graph).number(20, 5);
    }

    static OnnxWriter attributeTensor(String name, OnnxWriter tensor) {
        return new OnnxWriter().text(1, name).message(5, tensor).number(20, 4);
    }

    /** @param axes numbers, or names of axes of unknown length */
    static OnnxWriter value(String name, int type, Object... axes) {
        OnnxWriter shape = new OnnxWriter();
        for (Object axis : axes) {
            shape.message(
                1, axis instanceof String open ? new OnnxWriter().text(2, open) : new OnnxWriter().number(1, (int) axis)
            );
        }
        return new OnnxWriter().text(1, name)
            .message(2, new OnnxWriter().message(1, new OnnxWriter().number(1, type).message(2, shape)));
    }

    static OnnxWriter weights(String name, int type, float[] values, int... axes) {
        return tensor(name, type, axes).bytes(9, raw(type, values));
    }

    /** A list of whole numbers, such as a shape. */
    static OnnxWriter whole(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return tensor(name, INT64, values.length).bytes(9, raw.array());
    }

    /** A tensor that declares its size and holds no data. */
    static OnnxWriter hollow(String name, long... axes) {
        OnnxWriter tensor = new OnnxWriter().text(8, name).number(2, FLOAT);
        for (long axis : axes) {
            tensor.number(1, axis);
        }
        return tensor;
    }

    static OnnxWriter yes(String name) {
        return tensor(name, BOOL).bytes(9, new byte[]{ 1 });
    }

    static OnnxWriter weightsBeside(String name, String location, int... axes) {
        return tensor(name, FLOAT, axes).number(14, 1)
            .message(13, new OnnxWriter().text(1, "location").text(2, location));
    }

    static byte[] raw(int type, float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (type == FLOAT16) {
                raw.putShort(Float.floatToFloat16(value));
            } else {
                raw.putFloat(value);
            }
        }
        byte[] bytes = new byte[raw.position()];
        raw.flip().get(bytes);
        return bytes;
    }

    private static OnnxWriter tensor(String name, int type, int... axes) {
        OnnxWriter tensor = new OnnxWriter().text(8, name).number(2, type);
        for (int axis : axes) {
            tensor.number(1, axis);
        }
        return tensor;
    }
}
