package org.opensearch.interest.demo;

import org.opensearch.interest.node.Installation;
import org.opensearch.interest.node.LocalNode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts a node with the plugin, sets up the shop, demonstrates personalized search, and keeps the node running for
 * experiments.
 */
public final class Demo {
    private static final int WRONG_USAGE = 2;

    private Demo() {}

    public static void main(String[] arguments) {
        DemoOptions options;
        try {
            options = DemoOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bin/demo: " + e.getMessage());
            System.exit(WRONG_USAGE);
            return;
        }
        boolean colours = Boolean.getBoolean("interest.demo.terminal") && System.getenv("NO_COLOR") == null;
        try {
            run(options, new Terminal(colours));
        } catch (IOException | RuntimeException | AssertionError e) {
            System.err.println("\nbin/demo: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(DemoOptions options, Terminal terminal) throws IOException {
        Timing total = new Timing();
        DemoData data = DemoData.read();
        terminal.line(
            terminal.bold("Search that knows its user")
                + terminal.dim(" · OpenSearch with the plugin `interest`, on this machine only")
        );
        terminal.blank();

        Timing step = step(terminal, "Unpacking OpenSearch and installing the plugin");
        Path distribution = Path.of(System.getProperty("interest.distribution"));
        Path plugin = Path.of(System.getProperty("interest.plugin.zip"));
        try (Installation installation = Installation.of(distribution, List.of(plugin))) {
            terminal.done(step.inWords());

            step = step(terminal, "Starting a node");
            LocalNode node = LocalNode
                .start(installation, Map.of("discovery.type", "single-node", "http.port", options.port()));
            terminal.done(step.inWords() + " · " + node.http().node());

            show(node, data, terminal);
            terminal.blank();
            terminal.line(terminal.dim("Total time: " + total.inWords()));
            if (!options.once()) {
                NextSteps.print(terminal, node.http().node(), data);
                node.awaitEnd();
            }
        }
    }

    private static void show(LocalNode node, DemoData data, Terminal terminal) {
        DemoShop shop = new DemoShop(node.http());
        DemoOutput output = new DemoOutput(shop, data, terminal);

        Timing step = step(terminal, "Indexing " + data.catalogue().size() + " items with their embeddings");
        shop.createIndex();
        Timing bulk = new Timing();
        shop.addItems(data.catalogue().values());
        terminal.done(
            step.inWords() + String.format(Locale.ROOT, " · %.0f items/s", data.catalogue().size() / bulk.seconds())
        );

        int events = data.personas().stream().mapToInt(persona -> persona.events().size()).sum();
        step = step(terminal, "Replaying " + events + " events of " + data.personas().size() + " people");
        shop.createTracker();
        Instant now = Instant.now();
        data.personas().forEach(persona -> shop.record(persona, now));
        terminal.done(step.inWords());

        output.people();
        output.queries();
    }

    private static Timing step(Terminal terminal, String label) {
        terminal.begin(label);
        return new Timing();
    }
}
