package org.opensearch.interest.integration;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A user searched for sneakers, a mug and bread weeks ago, and for insoles today. One averaged vector would rank the
 * mug or the shoes first, because the component that all texts have in common dominates it.
 */
class WorkedExampleIT {
    @SuppressWarnings("TimeInStaticInitializer") // one time for all events of the one test
    private static final Instant NOW = Instant.now();

    @Test
    void putsTodaysInsolesFirstAndShoesBeforeMugAndBread() throws IOException {
        try (SingleNode node = SingleNode.start()) {
            Shop shop = Shop.withInterestVectors(node.http());
            shop.record(
                text("search", "good-value sneakers", Duration.ofDays(26)),
                text("search", "highly rated coffee mug", Duration.ofDays(19)),
                text("search", "tasty bread", Duration.ofDays(12)),
                text("search", "comfortable insoles", Duration.ofMinutes(9)),
                text("view", "sneakers", Duration.ofMinutes(6)), text("click", "running shoes", Duration.ofMinutes(2))
            );
            List<String> ranked = shop.rankedFor("runner");
            assertEquals("insoles", ranked.getFirst(), ranked.toString());
            assertTrue(ranked.indexOf("shoes") < ranked.indexOf("mug"), ranked.toString());
            assertTrue(ranked.indexOf("shoes") < ranked.indexOf("bread"), ranked.toString());
        }
    }

    private static String text(String type, String text, Duration ago) {
        return """
            {"user": "runner", "type": "%s", "text": "%s", "timestamp": "%s"}""".formatted(type, text, NOW.minus(ago));
    }
}
