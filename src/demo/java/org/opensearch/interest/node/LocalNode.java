package org.opensearch.interest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running node of an {@link Installation}, on loopback. It chooses free ports itself and writes them into a file, so
 * that no port can be taken between being found free and being used.
 */
public final class LocalNode implements AutoCloseable {
    private static final long START_SECONDS = 180;
    private static final long POLL_MILLIS = 100;
    private static final long GRACE_SECONDS = 20;
    private static final int TAIL_LINES = 60;

    private final String name;
    private final Path folder;
    private final Process process;
    private String transport;
    private Http http;

    private LocalNode(String name, Path folder, Process process) {
        this.name = name;
        this.folder = folder;
        this.process = process;
    }

    /** Starts a single node. */
    public static LocalNode start(Installation installation) throws IOException {
        return start(installation, Map.of("discovery.type", "single-node"));
    }

    /**
     * @param settings added to the default settings, which keep a node on loopback and in its folder, or overriding
     *                 them
     */
    public static LocalNode start(Installation installation, Map<String, String> settings) throws IOException {
        return start(installation, "node-1", settings, List.of());
    }

    /** @param launcher a command that runs the command that follows it, such as {@code unshare}; may be empty */
    public static LocalNode start(
        Installation installation, String name, Map<String, String> settings, List<String> launcher
    ) throws IOException {
        Path folder = installation.folder().resolve(name);
        Path config = NodeConfig.write(installation.home().resolve("config"), folder, name, settings);
        installation.account().takeOver(folder);

        List<String> command = new ArrayList<>(launcher);
        command.addAll(installation.account().run(List.of(installation.home().resolve("bin/opensearch").toString())));
        ProcessBuilder builder = new ProcessBuilder(command).directory(installation.home().toFile());
        builder.redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.txt").toFile())
            .redirectInput(Path.of("/dev/null").toFile());
        Map<String, String> environment = new TreeMap<>(installation.environment());
        environment.put("OPENSEARCH_PATH_CONF", config.toString());
        builder.environment().putAll(environment);
        LocalNode node = new LocalNode(name, folder, builder.start());
        installation.add(node);
        try {
            node.awaitHttp();
            return node;
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    public Http http() {
        return http;
    }

    /** Returns the address and port for other nodes of the cluster to use as seed. */
    public String transport() {
        return transport;
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until the node ends, for example by Ctrl-C. */
    public void awaitEnd() throws IOException {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the last lines of the node's output. */
    public String tail() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("console.txt"), StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private void awaitHttp() throws IOException {
        Path ports = folder.resolve("logs/http.ports");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            if (endedWithinPoll()) {
                throw new IOException(
                    name + " ended with exit code " + process.exitValue() + " while starting:\n" + tail()
                );
            }
            // The file of transport ports is written first, and each file is moved into place when complete.
            if (Files.exists(ports)) {
                transport = Files.readAllLines(folder.resolve("logs/transport.ports")).getFirst();
                http = new Http(URI.create("http://" + Files.readAllLines(ports).getFirst()));
                http.get("/_cluster/health?wait_for_status=yellow&timeout=60s").ok();
                return;
            }
        }
        throw new IOException(name + " did not open its HTTP port within " + START_SECONDS + " s:\n" + tail());
    }

    private boolean endedWithinPoll() {
        try {
            return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was starting", e);
        }
    }

    /** Stops the node; kills it if it does not stop within {@link #GRACE_SECONDS}. Has no effect when repeated. */
    @Override
    public synchronized void close() {
        if (http != null) {
            http.close();
        }
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
            }
            process.getInputStream().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
