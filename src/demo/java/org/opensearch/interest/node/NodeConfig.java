package org.opensearch.interest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writer of a node's folder: its configuration, data and logs. */
final class NodeConfig {
    private NodeConfig() {}

    /** @return the folder of the configuration: a copy of the distribution's, with the given settings */
    static Path write(Path distributionConfig, Path folder, String name, Map<String, String> settings)
        throws IOException {
        Files.createDirectories(folder);
        Path config = folder.resolve("config");
        if (Files.notExists(config)) {
            FileTrees.copy(distributionConfig, config);
        }
        // The ports file of an earlier run must not make a restarting node look ready.
        Files.deleteIfExists(folder.resolve("logs/http.ports"));
        Map<String, String> all = new TreeMap<>(settingsOf(folder, name));
        all.putAll(settings);
        StringBuilder yaml = new StringBuilder();
        all.forEach((key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
        Files.writeString(config.resolve("opensearch.yml"), yaml);

        Path options = Files.createDirectories(config.resolve("jvm.options.d"));
        Files.write(options.resolve("small.options"), List.of("-Xms512m", "-Xmx1g", "-XX:-AlwaysPreTouch"));
        return config;
    }

    private static Map<String, String> settingsOf(Path folder, String name) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("cluster.name", "interest");
        settings.put("node.name", name);
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", "0");
        settings.put("transport.port", "0");
        settings.put("node.portsfile", "true");
        settings.put("path.data", Files.createDirectories(folder.resolve("data")).toString());
        settings.put("path.logs", Files.createDirectories(folder.resolve("logs")).toString());
        // A temporary node must create its indices on a nearly full disk, too.
        settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        return settings;
    }
}
