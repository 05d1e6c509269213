package org.opensearch.interest.demo;

import java.net.URI;

/** Commands to copy, once the show is over and the node stays. */
final class NextSteps {
    /** Coffee papers, lens glass, stream water, engine oil and a cat fountain all answer to it. */
    private static final String WORDS = "filter";

    private NextSteps() {}

    static void print(Terminal terminal, URI node, DemoData data) {
        DemoData.Persona first = data.personas().getFirst();
        String api = node + "/_plugins/_interest/trackers/" + DemoShop.TRACKER;
        terminal.heading("The node stays up. Try it from another terminal; Ctrl-C here ends it and cleans up");
        terminal.line(terminal.dim("# what the shop believes about " + first.name()));
        terminal.line("curl -s '" + api + "/users/" + first.id() + "?pretty'");
        terminal.blank();
        terminal
            .line(terminal.dim("# become somebody: look for a cat fountain, then see what “" + WORDS + "” brings you"));
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
        terminal.line(terminal.dim("# no words at all: the whole shop in your order"));
        terminal.line(
            "curl -s '" + node + "/" + DemoShop.INDEX
                + "/_search?pretty&filter_path=hits.hits._source.title,hits.hits._score' \\"
        );
        terminal.line("  -H 'Content-Type: application/json' -d '{\"_source\": \"title\", \"query\": {\"interest\": {");
        terminal.line("  \"tracker\": \"" + DemoShop.TRACKER + "\", \"user\": \"you\"}}}'");
    }
}
