package org.opensearch.interest.evaluate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the files of a tar stream one after another: the plain ustar format, which is all that the data sets need. Of a
 * header, only name, size and type are read.
 */
final class TarEntries {
    private static final int BLOCK = 512;

    private final InputStream in;
    private long padding;

    TarEntries(InputStream in) {
        this.in = in;
    }

    /** @param content the whole file */
    record Entry(String name, byte[] content) {}

    /** Returns the next regular file; null at the end. */
    Entry next() throws IOException {
        while (true) {
            in.skipNBytes(padding);
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return null;
            }
            String name = text(header, 0, 100);
            long size = Long.parseLong(text(header, 124, 12).trim(), 8);
            if (size > Integer.MAX_VALUE - BLOCK) {
                throw new IOException("[" + name + "] is too large: [" + size + "] bytes");
            }
            padding = (BLOCK - size % BLOCK) % BLOCK;
            byte[] content = in.readNBytes((int) size);
            if (content.length < size) {
                throw new EOFException("the archive ends within [" + name + "]");
            }
            char type = (char) header[156];
            if (type == '0' || type == 0) {
                return new Entry(name, content);
            }
        }
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
