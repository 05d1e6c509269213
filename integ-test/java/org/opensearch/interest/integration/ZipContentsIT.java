package org.opensearch.interest.integration;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The zip contains the files that a node needs and no others. */
class ZipContentsIT {
    private static final Set<String> FILES = Set.of(
        "LICENSE", "plugin-descriptor.properties", "api-VERSION.jar", "gson-VERSION.jar", "onnxruntime-VERSION.jar",
        "opensearch-interest-VERSION.jar", "slf4j-api-VERSION.jar", "tokenizers-VERSION.jar",
        "models/all-minilm-l6-v2/LICENSE", "models/all-minilm-l6-v2/README.md", "models/all-minilm-l6-v2/geometry.bin",
        "models/all-minilm-l6-v2/model.json", "models/all-minilm-l6-v2/model.onnx",
        "models/all-minilm-l6-v2/tokenizer.json", "native/linux-aarch64/libonnxruntime.so",
        "native/linux-aarch64/libonnxruntime4j_jni.so", "native/linux-aarch64/libtokenizers.so",
        "native/linux-x86_64/libonnxruntime.so", "native/linux-x86_64/libonnxruntime4j_jni.so",
        "native/linux-x86_64/libtokenizers.so", "native/osx-aarch64/libonnxruntime.dylib",
        "native/osx-aarch64/libonnxruntime4j_jni.dylib", "native/osx-aarch64/libtokenizers.dylib"
    );
    /** Packages of the code outside the plugin. */
    private static final List<String> OUTSIDE = List.of(
        "org/opensearch/interest/demo/", "org/opensearch/interest/bench/", "org/opensearch/interest/node/",
        "org/opensearch/interest/evaluate/"
    );

    @Test
    void holdsTheseFilesAndNoOthers() throws IOException {
        try (ZipFile zip = plugin()) {
            Stream<String> files = zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName);
            Set<String> withoutVersions = new TreeSet<>(
                files.map(name -> name.replaceFirst("-[0-9][0-9.]*\\.jar$", "-VERSION.jar")).toList()
            );
            assertEquals(new TreeSet<>(FILES), withoutVersions);
        }
    }

    @Test
    void holdsADescriptorWithItsPlaceholdersFilled() throws IOException {
        try (ZipFile zip = plugin();
            InputStream bytes = zip.getInputStream(zip.getEntry("plugin-descriptor.properties"))) {
            String descriptor = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(descriptor.contains("name=interest\n"), descriptor);
            assertFalse(descriptor.contains("$"), descriptor);
        }
    }

    @Test
    void ourJarHoldsNoClassOfWhatStandsBesideThePlugin() throws IOException, URISyntaxException {
        Path tests = Path.of(ZipContentsIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Set<String> classes = entriesOfJar("opensearch-interest-");
        assertTrue(classes.contains("org/opensearch/interest/InterestPlugin.class"), classes.toString());
        for (String name : classes) {
            assertTrue(OUTSIDE.stream().noneMatch(name::startsWith), name);
            assertFalse(
                name.endsWith(".class") && Files.exists(tests.resolve(name)), name + " was compiled from tests"
            );
        }
    }

    @Test
    void nativeLibrariesLieBesideTheirJarsAndNotInside() throws IOException {
        for (String jar : List.of("onnxruntime-", "tokenizers-")) {
            Set<String> entries = entriesOfJar(jar);
            assertTrue(entries.stream().anyMatch(name -> name.endsWith(".class")), entries.toString());
            assertTrue(entries.stream().noneMatch(name -> name.matches(".*\\.(so|dylib|dll)")), entries.toString());
        }
    }

    private static Set<String> entriesOfJar(String prefix) throws IOException {
        try (ZipFile zip = plugin()) {
            ZipEntry jar = zip.stream().filter(entry -> entry.getName().startsWith(prefix)).findFirst().orElseThrow();
            Set<String> names = new TreeSet<>();
            try (ZipInputStream entries = new ZipInputStream(zip.getInputStream(jar))) {
                for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    names.add(entry.getName());
                }
            }
            return names;
        }
    }

    private static ZipFile plugin() throws IOException {
        return new ZipFile(BuildArtifacts.plugin().toFile());
    }
}
