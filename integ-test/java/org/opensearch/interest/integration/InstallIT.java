package org.opensearch.interest.integration;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.node.Http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The built zip installs and works on every supported distribution. */
class InstallIT {
    private static final Pattern ALLOWED_JARS = Pattern
        .compile("(opensearch-interest|onnxruntime|tokenizers|api|gson|slf4j-api)-[0-9][^/]*\\.jar");
    private static final String KNN_VECTOR = """
        {"type": "knn_vector", "dimension": 384%s}""";
    private static final String LUCENE_HNSW = """
        , "method": {"name": "hnsw", "engine": "lucene", "space_type": "cosinesimil"}""";

    @Test
    void ranksBesideTheKnnPluginOnItsVectorsAndOnOurs() throws IOException {
        try (SingleNode node = SingleNode
            .start(BuildArtifacts.distribution(), List.of(BuildArtifacts.knn(), BuildArtifacts.plugin()))) {
            assertRanks(Shop.withInterestVectors(node.http()));
            assertRanks(
                new Shop(node.http(), "products-in-graph", ", \"index.knn\": true", KNN_VECTOR.formatted(LUCENE_HNSW))
            );
            assertRanks(
                new Shop(node.http(), "products-in-doc-values", ", \"index.knn\": false", KNN_VECTOR.formatted(""))
            );
            assertRefusesToProbe(node.http(), "products-in-doc-values");
        }
    }

    @Test
    void ranksOnTheNewestDistribution() throws IOException {
        try (
            SingleNode node = SingleNode.start(BuildArtifacts.newestDistribution(), List.of(BuildArtifacts.plugin()))) {
            assertRanks(Shop.withInterestVectors(node.http()));
        }
    }

    @Test
    void carriesOnlyJarsThatTheNodeLacks() throws IOException {
        Set<String> ours = entries(BuildArtifacts.plugin(), ".jar");
        for (String jar : ours) {
            assertTrue(ALLOWED_JARS.matcher(jar).matches(), "not meant to be in the zip: " + jar);
        }
        assertEquals(6, ours.size(), "each of the allowed jars once: " + ours);
        for (Path distribution : List.of(BuildArtifacts.distribution(), BuildArtifacts.newestDistribution())) {
            Set<String> theirs = new HashSet<>();
            for (String jar : entries(distribution, ".jar")) {
                if (jar.matches("[^/]+/lib/[^/]+")) {
                    theirs.add(artifact(jar));
                }
            }
            assertTrue(theirs.size() > 20, "the distribution's libraries were found");
            for (String jar : ours) {
                assertTrue(!theirs.contains(artifact(jar)), jar + " lies in the distribution's lib already");
            }
        }
    }

    @Test
    void carriesNativeLibrariesReadyToLoadForBothKindsOfLinux() throws IOException {
        Set<String> libraries = entries(BuildArtifacts.plugin(), ".so");
        for (String platform : List.of("linux-x86_64", "linux-aarch64")) {
            for (String library : List.of("libonnxruntime.so", "libonnxruntime4j_jni.so", "libtokenizers.so")) {
                assertTrue(
                    libraries.contains("native/" + platform + "/" + library),
                    platform + "/" + library + " among " + libraries
                );
            }
        }
    }

    private static void assertRanks(Shop shop) {
        shop.record("""
            {"user": "u1", "type": "click", "item": "shoes"}""", """
            {"user": "u1", "type": "search", "text": "comfortable insoles"}""");
        List<String> ranked = shop.rankedFor("u1");
        assertEquals(Set.of("shoes", "insoles"), Set.copyOf(ranked.subList(0, 2)));
        assertEquals(4, ranked.size(), "all four, as nothing is filtered");
    }

    /** Vectors without a vector index cannot be found through one. */
    private static void assertRefusesToProbe(Http http, String index) {
        Http.Answer answer = http.post(
            "/" + index + "/_search",
            """
                {"query": {"interest": {"tracker": "%s", "user": "u1", "strategy": "ann"}}}"""
                .formatted(index + "-tracker")
        );
        assertEquals(400, answer.status(), answer.text());
        String reason = "[interest] [strategy] [ann] needs a vector index of floats, but field [embedding] keeps its vectors in another way; "
            + "use [exact], or index the field for vector search";
        assertTrue(answer.text().contains(reason), answer.text());
    }

    private static Set<String> entries(Path zip, String suffix) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return new TreeSet<>(file.stream().map(ZipEntry::getName).filter(name -> name.endsWith(suffix)).toList());
        }
    }

    /** Returns a jar's name without folder and version. */
    private static String artifact(String jar) {
        return jar.substring(jar.lastIndexOf('/') + 1).replaceFirst("-[0-9].*", "");
    }
}
