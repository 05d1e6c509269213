package org.opensearch.interest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Operations on whole directory trees. */
final class FileTrees {
    private static final int ATTEMPTS = 5;

    private FileTrees() {}

    /**
     * Deletes a tree. Tries again if files were written during the deletion, as a node does while it stops.
     */
    static void delete(Path root) throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(root); attempt++) {
            try {
                deleteOnce(root);
                return;
            } catch (IOException | UncheckedIOException e) {
                last = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            }
        }
        if (last != null) {
            throw last;
        }
    }

    static Path copy(Path from, Path to) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(from)) {
            paths = tree.toList();
        }
        for (Path path : paths) {
            // Follows links, because a JDK may link to files outside its folder.
            Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return to;
    }

    private static void deleteOnce(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(root)) {
            paths = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException alreadyGone) {
            return;
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
