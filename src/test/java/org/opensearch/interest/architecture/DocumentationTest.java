package org.opensearch.interest.architecture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Documentation refers to files that exist, and what it counts is right. */
class DocumentationTest {
    private static final int WIDTH = 120;
    private static final Path DOCS = Path.of("src/docs");
    private static final Pattern CLASS_NAME = Pattern
        .compile("`([A-Z][a-z]+[A-Z]\\w*|Event|Evidence|Pooling|Profile)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)?(#[^)]*)?\\)");

    private static Set<String> classes() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (String root : List.of("src", "integ-test")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        return names;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return Stream.concat(Stream.of(Path.of("README.md")), files.filter(file -> file.toString().endsWith(".md")))
                .sorted()
                .toList();
        }
    }

    private static Set<String> classNames(String text) {
        return CLASS_NAME.matcher(text)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = { "ARCHITECTURE.md", "CONTRIBUTING.md" })
    void classesThatAreNamedExist(String page) throws IOException {
        Set<String> named = classNames(Files.readString(DOCS.resolve(page)));
        assertFalse(named.isEmpty());
        named.removeAll(classes());
        assertEquals(Set.of(), named);
    }

    @ParameterizedTest
    @CsvSource({ "How does an event become a profile?, 25", "How does a user id become a score?, 20",
        "How does a text become a vector?, 15" })
    void aJourneyNamesAsManyFilesAsItSays(String heading, int files) throws IOException {
        String page = Files.readString(DOCS.resolve("ARCHITECTURE.md"));
        String section = page.substring(page.indexOf("## " + heading));
        section = section.substring(0, section.indexOf("\n## ", 3));
        assertTrue(section.contains(": " + files + " files."), section);
        List<String> steps = section.lines().filter(line -> line.matches("\\d+\\. .*")).toList();
        assertEquals(10, steps.size());
        assertEquals(files, classNames(String.join("\n", steps)).size());
    }

    @Test
    void linksLeadToFiles() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                String target = links.group(1);
                if (target != null && target.startsWith("http") == false
                    && Files.exists(page.resolveSibling(target)) == false) {
                    broken.add(page + ": " + target);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    /** Code blocks, tables and lines that are one link excepted: none of them can be broken. */
    @Test
    void linesHaveAWidth() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path page : pages()) {
            boolean code = false;
            List<String> lines = Files.readAllLines(page);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                code ^= line.startsWith("```");
                if (code == false && line.length() > WIDTH && line.startsWith("|") == false) {
                    wide.add(page + ":" + (i + 1));
                }
            }
        }
        assertEquals(List.of(), wide, "lines of more than " + WIDTH + " characters: wrap them");
    }

    @Test
    void theGlossaryStaysShort() throws IOException {
        String page = Files.readString(DOCS.resolve("CONTRIBUTING.md"));
        long words = page.substring(page.indexOf("## Glossary"))
            .lines()
            .filter(line -> line.startsWith("| ") && line.startsWith("| word ") == false)
            .mapToLong(line -> line.split("\\|", 0)[1].split(",", 0).length)
            .sum();
        assertTrue(words > 20 && words <= 30, words + " words");
    }
}
