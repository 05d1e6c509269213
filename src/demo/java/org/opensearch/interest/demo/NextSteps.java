package org.opensearch.interest.demo;

import java.net.URI;

/** Commands for the user to copy after the demonstration, while the node keeps running. */
final class NextSteps {
    /**
     * Word that matches many kinds of items: paper filters for coffee, camera lenses, water filters, engine oil and a
     * cat fountain.
     */
    private static final String WORDS = "filter";

    private NextSteps() {}

    static void print(Terminal terminal, URI node, DemoData data) {
        DemoData.Persona first = data.personas().getFirst();
        String api = node + "/_plugins/_interest/trackers/" + DemoShop.TRACKER;
        terminal.heading("The node keeps running. Try it from another terminal; press Ctrl-C here to stop it");
        terminal.line(terminal.dim("# what the shop knows about " + first.name()));
        terminal.line("curl -s '" + api + "/users/" + first.id() + "?pretty'");
        terminal.blank();
        terminal.line(
            terminal.dim("# become a user yourself: search for a cat fountain, then see what “" + WORDS + "” finds")
        );
        terminal.line("curl -s '" + api + "/events' -H 'Content-Type: application/json' -d '");
        terminal.line("  {\"user\": \"you\", \"type\": \"search\", \"text\": \"something for my cat to drink from\"}'");
        terminal.line(
            "curl -s '" + node + "/" + DemoShop.INDEX
                + "/_search?pretty&filter_path=hits.hits._source.title,hits.hits._score' \\"
        );
        terminal.line("  -H 'Content-Type: application/json' -d '{\"_source\": \"title\", \"query\": {\"interest\": {");
        terminal.line(
            "  \"tracker\": \"" + DemoShop.TRACKER + "\", \"user\": \"you\", \"weight\": " + DemoShop.WEIGHT + ","
        );
        terminal.line("  \"query\": {\"match\": {\"title\": \"" + WORDS + "\"}}}}}'");
        terminal.blank();
        terminal.line(terminal.dim("# without search text: the whole shop, ranked for you"));
        terminal.line(
            "curl -s '" + node + "/" + DemoShop.INDEX
                + "/_search?pretty&filter_path=hits.hits._source.title,hits.hits._score' \\"
        );
        terminal.line("  -H 'Content-Type: application/json' -d '{\"_source\": \"title\", \"query\": {\"interest\": {");
        terminal.line("  \"tracker\": \"" + DemoShop.TRACKER + "\", \"user\": \"you\"}}}'");
    }
}
