package org.opensearch.interest.evaluate;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class CsvReaderTest {
    private static List<List<String>> rows(String text) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader reader = new CsvReader(new StringReader(text))) {
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void quotesHoldCommasLineEndsAndQuotes() throws IOException {
        assertEquals(
            List.of(List.of("a,b", "say \"hi\"", "two\nlines")), rows("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\"\n")
        );
    }

    @Test
    void lineEndsOfAllKindsAndNoneAtTheEnd() throws IOException {
        assertEquals(
            List.of(List.of("a", "b"), List.of("c", "d"), List.of("e", ""), List.of("f", "g")),
            rows("a,b\r\nc,d\re,\n\n\nf,g")
        );
    }

    @Test
    void aByteOrderMarkIsNoText() throws IOException {
        assertEquals(List.of(List.of("item", "title")), rows("\uFEFFitem,title"));
        assertEquals(List.of(List.of("item", "title")), rows("\uFEFF\"item\",title\n"));
    }

    @Test
    void nothingIsNoRow() throws IOException {
        assertEquals(List.of(), rows(""));
        assertEquals(List.of(), rows("\uFEFF\n\n"));
    }

    @Test
    void rowsKnowTheirLine() throws IOException {
        try (CsvReader reader = new CsvReader(new StringReader("a\n\n\"b\nb\"\nc\n"))) {
            reader.next();
            assertEquals(1, reader.line());
            reader.next();
            assertEquals(3, reader.line());
            reader.next();
            assertEquals(5, reader.line());
        }
    }

    @Test
    void anOpenQuoteIsAnError() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> rows("a,b\nc,\"d\ne,f\n"));
        assertEquals("line [2] opens a quote that is never closed", e.getMessage());
    }
}
