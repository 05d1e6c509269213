package org.opensearch.interest.evaluate;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values as RFC 4180 defines them, and as people write them: quoted fields may hold commas, line
 * ends and doubled quotes; lines end in LF, CRLF or CR; a byte order mark and empty lines are skipped.
 */
final class CsvReader implements Closeable {
    /** Longest field. A longer one is a quote that was never closed. */
    private static final int MOST_CHARACTERS = 2_000_000;

    private final BufferedReader reader;
    private final StringBuilder field = new StringBuilder();
    private long line = 1;
    private long rowLine;
    private boolean first = true;

    CsvReader(Reader reader) {
        this.reader = new BufferedReader(reader, 1 << 16);
    }

    /** Returns the line on which the last row began, from 1. */
    long line() {
        return rowLine;
    }

    /**
     * @return the fields of the next row; null at the end
     * @throws IllegalArgumentException if a quote is not closed
     */
    List<String> next() throws IOException {
        while (true) {
            rowLine = line;
            List<String> row = row();
            if (row == null || row.size() > 1 || row.get(0).isEmpty() == false) {
                return row;
            }
        }
    }

    private List<String> row() throws IOException {
        int c = read();
        if (first && c == '\uFEFF') {
            c = read();
        }
        first = false;
        if (c < 0) {
            return null;
        }
        List<String> row = new ArrayList<>();
        while (true) {
            field.setLength(0);
            c = c == '"' ? quoted() : plain(c);
            row.add(field.toString());
            if (c != ',') {
                return row;
            }
            c = read();
        }
    }

    /** @return the character that ended the field: a comma, a line feed, or −1 */
    private int plain(int c) throws IOException {
        while (c >= 0 && c != ',' && c != '\n') {
            append(c);
            c = read();
        }
        return c;
    }

    private int quoted() throws IOException {
        while (true) {
            int c = read();
            if (c < 0) {
                throw new IllegalArgumentException("line [" + rowLine + "] opens a quote that is never closed");
            }
            if (c != '"') {
                append(c);
                continue;
            }
            int after = read();
            if (after == '"') {
                append('"');
            } else {
                // text between the closing quote and the comma belongs to the field, as in spreadsheets
                return plain(after);
            }
        }
    }

    private void append(int c) {
        if (field.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                "line [" + rowLine + "] holds a field of more than [" + MOST_CHARACTERS
                    + "] characters: a quote may not be closed"
            );
        }
        field.append((char) c);
    }

    /** Reads one character; every line end becomes a line feed. */
    private int read() throws IOException {
        int c = reader.read();
        if (c == '\r') {
            reader.mark(1);
            if (reader.read() != '\n') {
                reader.reset();
            }
            c = '\n';
        }
        if (c == '\n') {
            line++;
        }
        return c;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
