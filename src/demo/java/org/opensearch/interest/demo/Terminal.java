package org.opensearch.interest.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Output of plain text in a fixed width, with bold and coloured text if enabled. */
final class Terminal {
    static final int WIDTH = 88;
    private static final String GAP = "  ";

    private final PrintStream out = new PrintStream(
        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8
    );
    private final boolean colours;

    /** @param colours true to print escape sequences */
    Terminal(boolean colours) {
        this.colours = colours;
    }

    void line(String text) {
        out.println(text);
    }

    void blank() {
        out.println();
    }

    void heading(String text) {
        blank();
        line(bold(text));
        line(dim("─".repeat(WIDTH)));
    }

    /**
     * Prints text of any length, wrapped between words. Rows after the first are indented by the length of
     * {@code indent}.
     */
    void paragraph(String indent, String text) {
        String next = " ".repeat(indent.length());
        List<String> rows = wrap(text, WIDTH - indent.length());
        for (int i = 0; i < rows.size(); i++) {
            line((i == 0 ? indent : next) + rows.get(i));
        }
    }

    /** Prints the beginning of a line that {@link #done} completes. */
    void begin(String what) {
        out.print(what + " " + dim(".".repeat(Math.max(1, WIDTH - 26 - what.length()))) + " ");
        out.flush();
    }

    void done(String result) {
        out.println(result);
    }

    /** Prints texts side by side, each wrapped in its column. The first text of every column is its title. */
    void columns(List<List<String>> columns) {
        int width = (WIDTH - GAP.length() * (columns.size() - 1)) / columns.size();
        int rows = columns.stream().mapToInt(List::size).max().orElse(0);
        for (int row = 0; row < rows; row++) {
            List<List<String>> cells = new ArrayList<>();
            for (List<String> column : columns) {
                cells.add(row < column.size() ? wrap(column.get(row), width) : List.of());
            }
            int height = cells.stream().mapToInt(List::size).max().orElse(0);
            for (int i = 0; i < height; i++) {
                int at = i;
                boolean title = row == 0;
                line(
                    cells.stream()
                        .map(cell -> padded(at < cell.size() ? cell.get(at) : "", width))
                        .map(cell -> title ? bold(cell) : cell)
                        .collect(Collectors.joining(GAP))
                        .stripTrailing()
                );
            }
        }
    }

    String bold(String text) {
        return styled("1", text);
    }

    String dim(String text) {
        return styled("2", text);
    }

    String accent(String text) {
        return styled("36", text);
    }

    private String styled(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Wraps a text between words. Rows after the first of a numbered entry are indented by three. */
    static List<String> wrap(String text, int width) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        boolean numbered = text.matches("\\d\\. .*");
        for (String word : text.split(" ", 0)) {
            if (!row.isEmpty() && row.length() + 1 + word.length() > width) {
                rows.add(row.toString());
                row.setLength(0);
                row.append(numbered ? "  " : "");
            }
            row.append(row.isEmpty() ? "" : " ").append(word);
        }
        rows.add(row.toString());
        return rows;
    }
}
