package org.opensearch.interest.integration;

import org.opensearch.interest.node.Http;
import org.opensearch.interest.node.Installation;
import org.opensearch.interest.node.LocalNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Installation with a single running node. */
record SingleNode(Installation installation, LocalNode node) implements AutoCloseable {

    /** Starts a node of the distribution that the plugin is built against, with the plugin installed. */
    static SingleNode start() throws IOException {
        return start(BuildArtifacts.distribution(), List.of(BuildArtifacts.plugin()));
    }

    static SingleNode start(Path distribution, List<Path> plugins) throws IOException {
        Installation installation = Installation.of(distribution, plugins);
        try {
            return new SingleNode(installation, LocalNode.start(installation));
        } catch (IOException | RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    Http http() {
        return node.http();
    }

    @Override
    public void close() throws IOException {
        installation.close();
    }
}
