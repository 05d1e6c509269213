package org.opensearch.interest.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Paths of the files that the build made and fetched, which the build file passes to the tests. */
final class BuildArtifacts {
    private BuildArtifacts() {}

    static Path plugin() throws IOException {
        return existing(Path.of(property("interest.plugin.zip")));
    }

    static Path distribution() throws IOException {
        return distribution(property("interest.opensearch.version"));
    }

    static Path newestDistribution() throws IOException {
        return distribution(property("interest.opensearch.newest.version"));
    }

    static Path knn() throws IOException {
        return existing(
            Path.of(property("interest.distributions"), "opensearch-knn-" + property("interest.knn.version") + ".zip")
        );
    }

    private static Path distribution(String version) throws IOException {
        return existing(Path.of(property("interest.distributions"), "opensearch-" + version + ".zip"));
    }

    private static String property(String name) {
        return Objects.requireNonNull(
            System.getProperty(name), () -> "system property " + name + " is not set: run this through `mvn verify`"
        );
    }

    private static Path existing(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException(file + " is missing: run `mvn verify`, which builds or fetches it");
        }
        return file;
    }
}
