package org.opensearch.interest.integration;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.node.Shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The README's commands, pasted into a shell one block after the other, give the results that the README promises. */
class ReadmeIT {
    private static final Path README = Path.of(System.getProperty("interest.readme", "README.md"));
    private static final Pattern BLOCK = Pattern
        .compile("<!-- executed by the test ReadmeIT -->\\n```bash\\n(.*?)```", Pattern.DOTALL);
    /** Makes curl fail on any response that is not 2xx, while the README's own commands stay short. */
    private static final String STRICT = "set -eu; curl() { command curl --silent --show-error --fail-with-body --noproxy '*' \"$@\"; echo; }\n";

    @Test
    void everyCommandSucceedsAndTheWorkedExampleHolds() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(README))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
        assertTrue(blocks.size() >= 4, "blocks to execute in " + README + ": " + blocks.size());
        try (SingleNode node = SingleNode.start()) {
            String host = node.http().node().getAuthority();
            for (String block : blocks) {
                String script = STRICT + block.replace("localhost:9200", host);
                String output = Shell.run(node.installation().folder(), Map.of(), List.of("bash", "-c", script));
                assertTrue(!output.contains("\"errors\":true"), block + "\nanswered\n" + output);
            }
            JsonObject found = node.http().post("/products/_search", """
                {"query": {"interest": {"tracker": "products", "user": "u42"}}}""").ok().object();
            JsonObject best = found.getAsJsonObject("hits").getAsJsonArray("hits").get(0).getAsJsonObject();
            assertEquals("insoles", best.get("_id").getAsString());
        }
    }
}
