package org.opensearch.interest.integration;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.node.Account;
import org.opensearch.interest.node.Installation;
import org.opensearch.interest.node.LocalNode;
import org.opensearch.interest.node.Shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Libraries that run models often send telemetry and unpack files into home and temporary folders. This plugin's
 * libraries do neither: a working node looks up no name, opens no connection beyond the machine, and writes only below
 * its own folders.
 */
class QuietNodeIT {
    /** Waiting time: telemetry looks up its collector's address within seconds of the first model. */
    private static final long WATCH_SECONDS = 20;
    private static final long POLL_MILLIS = 250;
    private static final String CANARY = "canary.invalid";
    private static final List<String> TRACES = List.of("onnxruntime", "tokenizers", "djl", "mat-debug", ".ses");

    @Test
    void looksUpNoNameAndReachesNothingOutside() throws Exception {
        assumeTrue(
            Account.isRoot() && hasNamespaces(),
            "skipped: needs root and mount namespaces, to give the node a name server that is watched"
        );
        try (RecordingDnsServer resolver = new RecordingDnsServer();
            Installation installation = Installation
                .of(BuildArtifacts.distribution(), List.of(BuildArtifacts.plugin()))) {
            List<String> watched = launcher(installation.folder(), resolver.address());
            Shell.run(installation.home(), withoutFailing(concat(watched, List.of("getent", "hosts", CANARY))));
            List<String> questions = resolver.questions();
            assertTrue(
                questions.stream().anyMatch(name -> name.startsWith(CANARY)),
                "the watch sees what a process looks up: " + questions
            );

            LocalNode node = LocalNode.start(installation, "node-1", Map.of("discovery.type", "single-node"), watched);
            work(node);
            assertStaysQuiet(resolver, installation.account().uid());
            assertWritesOnlyBelow(installation, node);
        }
    }

    @Test
    void leavesNothingInHomeOrTemporaryFolders() throws Exception {
        assumeTrue(
            !Account.isRoot() || !hasNamespaces(), "skipped: root's node is watched more closely by the other test"
        );
        List<Path> before = tracesInSharedFolders();
        try (Installation installation = Installation
            .of(BuildArtifacts.distribution(), List.of(BuildArtifacts.plugin()))) {
            LocalNode node = LocalNode.start(installation);
            work(node);
            assertNothingUnpacked(installation, node);
        }
        List<Path> left = new ArrayList<>(tracesInSharedFolders());
        left.removeAll(before);
        assertEquals(List.of(), left);
    }

    /** Sends every kind of request that loads and runs the model. */
    private static void work(LocalNode node) {
        Shop shop = Shop.withInterestVectors(node.http());
        node.http().post("/_plugins/_interest/models/all-minilm-l6-v2/_embed", "{\"texts\": [\"running shoes\"]}").ok();
        shop.record("""
            {"user": "u1", "type": "search", "text": "comfortable insoles"}""", """
            {"user": "u1", "type": "click", "item": "shoes"}""");
        assertEquals(4, shop.rankedFor("u1").size());
    }

    private static void assertStaysQuiet(RecordingDnsServer resolver, int uid) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WATCH_SECONDS);
        while (System.nanoTime() < deadline) {
            assertEquals(List.of(), resolver.questions().stream().filter(name -> !name.startsWith(CANARY)).toList());
            assertEquals(List.of(), TcpConnections.outside(uid));
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static void assertWritesOnlyBelow(Installation installation, LocalNode node) throws IOException {
        Path folder = installation.folder();
        List<String> find = new ArrayList<>(List.of("find"));
        Stream.of("/", "/tmp", "/var/tmp", "/dev/shm", "/run")
            .filter(root -> Files.exists(Path.of(root)))
            .forEach(find::add);
        String uid = "" + installation.account().uid();
        find.addAll(
            List.of(
                "-xdev", "-path", folder.toString(), "-prune", "-o", "-path", "/proc", "-prune", "-o", "-user", uid,
                "-print"
            )
        );
        assertEquals("", Shell.run(folder, withoutFailing(find)).trim(), "written by the node outside of its folder");
        assertNothingUnpacked(installation, node);
    }

    private static void assertNothingUnpacked(Installation installation, LocalNode node) throws IOException {
        // OpenSearch itself leaves an empty folder: its library JNA creates one even if unused.
        try (Stream<Path> home = Files.walk(installation.folder().resolve("user-home"))) {
            assertEquals(List.of(), home.filter(Files::isRegularFile).toList());
        }
        assertEquals(List.of(), unpacked(installation.folder().resolve("tmp")));
        String maps = Files.readString(Path.of("/proc/" + node.pid() + "/maps"));
        for (String library : List.of("libonnxruntime.so", "libtokenizers.so")) {
            List<String> loadedFrom = maps.lines()
                .filter(line -> line.endsWith(library))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .toList();
            assertEquals(1, loadedFrom.size(), library);
            assertTrue(
                loadedFrom.getFirst().startsWith(installation.home().resolve("plugins/interest/native") + "/"),
                loadedFrom.toString()
            );
        }
    }

    private static List<Path> tracesInSharedFolders() throws IOException {
        List<Path> traces = new ArrayList<>();
        for (Path shared : List.of(
            Path.of("/tmp"), Path.of(System.getProperty("user.home")),
            Path.of(System.getProperty("user.home"), ".cache")
        )) {
            try (Stream<Path> entries = Files.isReadable(shared) ? Files.list(shared) : Stream.empty()) {
                entries.filter(QuietNodeIT::isTrace).forEach(traces::add);
            }
        }
        return traces;
    }

    private static List<Path> unpacked(Path folder) throws IOException {
        // Files only: ONNX Runtime creates an empty folder before it checks if there is anything to unpack.
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                .filter(file -> TRACES.stream().anyMatch(folder.relativize(file).toString()::contains))
                .toList();
        }
    }

    private static boolean isTrace(Path path) {
        return TRACES.stream().anyMatch(path.getFileName().toString()::contains);
    }

    /** Returns a launcher that runs a command in a mount namespace with only the recording name server. */
    private static List<String> launcher(Path folder, String nameServer) throws IOException {
        Path configuration = Files.writeString(
            folder.resolve("resolv.conf"), "nameserver " + nameServer + "\noptions timeout:1 attempts:1\n"
        );
        return List.of(
            "unshare", "--mount", "sh", "-c", "mount --bind " + configuration + " /etc/resolv.conf && exec \"$@\"",
            "watched"
        );
    }

    /**
     * Runs a command whose exit status may report a condition that is no failure here: an unknown name, or a file that
     * disappeared meanwhile.
     */
    private static List<String> withoutFailing(List<String> command) {
        return concat(List.of("sh", "-c", "\"$@\" 2>/dev/null || true", "quiet"), command);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static boolean hasNamespaces() {
        try {
            Shell.run(
                Path.of("/"), List.of("unshare", "--mount", "sh", "-c", "mount --bind /etc/hosts /etc/resolv.conf")
            );
            return true;
        } catch (IOException notPermitted) {
            return false;
        }
    }
}
