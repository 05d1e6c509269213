package org.opensearch.interest.evaluate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file with one row per line, whose fields are separated by a fixed text and never quoted. */
final class DelimitedText {
    @FunctionalInterface
    interface Row {
        /** @throws IllegalArgumentException if the row is wrong; file and line are put before its message */
        void read(String[] fields);
    }

    private DelimitedText() {}

    /**
     * @param delimiter taken literally
     * @param least     number of fields that a row must have
     */
    static void rows(Path file, Charset charset, String delimiter, int least, Row reader) throws IOException {
        var decoder = charset.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (BufferedReader lines = new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), decoder), 1 << 16
        )) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    String[] fields = line.split(java.util.regex.Pattern.quote(delimiter), -1);
                    if (fields.length < least) {
                        throw new IllegalArgumentException(
                            "has [" + fields.length + "] fields, but needs [" + least + "]"
                        );
                    }
                    reader.read(fields);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("[" + file + "] line [" + number + "] " + e.getMessage(), e);
                }
            }
        }
    }

    static double number(String name, String value) {
        try {
            double number = Double.parseDouble(value.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException("has a [" + name + "] that must be a number, but was [" + value + "]");
    }
}
