package org.opensearch.interest.core.evaluation.learning;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.evaluation.data.DatasetBuilder;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.report.MemoryEstimate;
import org.opensearch.interest.core.evaluation.report.Worlds;
import org.opensearch.interest.core.profile.HalfLives;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TrackerTuningTest {
    private static final Tracker SHIPPED = TrackerJson
        .read("shop", "uid", Map.of("items", Map.of("index", "products")));
    private static final EvaluationOptions OPTIONS = new EvaluationOptions(List.of("random"), 10, 3, 1, null);

    private static TrackerTuning.Proposal propose(long seed, Tracker current, EvaluationOptions options) {
        EvaluationCases test = Protocols
            .rolling(Worlds.dataset(seed), Worlds.START + 170 * Worlds.DAY, Long.MAX_VALUE, 5, true);
        return TrackerTuning.propose(test, Worlds.space(test), current, SHIPPED, options, (step, done, of) -> {});
    }

    private static Tracker reading(String json, Object value) {
        return TrackerJson.read("shop", "uid", Map.of("items", Map.of("index", "products"), json, value));
    }

    @Test
    void neverCallsBetterWhatIsNotSignificantOrWorseThanWhatIsShipped() {
        for (long seed = 1; seed <= 3; seed++) {
            for (Tracker current : List.of(SHIPPED, reading("long_term", Map.of("half_life", "7d")))) {
                TrackerTuning.Proposal found = propose(seed, current, OPTIONS);
                assertEquals(
                    found.settings().readsAs(current) == false && found.difference().low() > 0
                        && found.after().value() >= found.shipped().value(),
                    found.better(), found.toString()
                );
                assertTrue(found.tried() > 20, found.why());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameProposalOnAnyNumberOfThreads() {
        TrackerTuning.Proposal one = propose(4, SHIPPED, OPTIONS);
        assertEquals(one, propose(4, SHIPPED, new EvaluationOptions(List.of("random"), 10, 3, 2, null)));
    }

    /** A tracker with half-lives of minutes, on data whose users keep their interests. */
    @Test
    void findsOutWhatIsPlainlyWrong() {
        Tracker forgetful = reading("long_term", Map.of("half_life", "2m"))
            .withReading(new HalfLives(60_000, 120_000), 0.9, Tracker.GeometryMode.OFF, new Tracker.Topics(1, 0.35));
        TrackerTuning.Proposal found = propose(5, forgetful, OPTIONS);
        assertTrue(found.better(), found.toString());
        assertTrue(found.settings().halfLives().longTerm() > 120_000, found.toString());
        assertTrue(found.difference().low() > 0);
    }

    @Test
    void fewUsersAreNotAskedAtAll() {
        DatasetBuilder builder = new DatasetBuilder();
        for (int i = 0; i < 30; i++) {
            builder.item("item" + i, "item " + i);
        }
        for (int e = 0; e < 400; e++) {
            builder.event("user" + e % 5, "item" + e % 7, 1, true, Worlds.START + e * Worlds.DAY / 4);
        }
        EvaluationCases test = Protocols
            .rolling(builder.build(), Worlds.START + 80 * Worlds.DAY, Long.MAX_VALUE, 5, true);
        TrackerTuning.Proposal none = TrackerTuning
            .propose(test, Worlds.space(test), SHIPPED, SHIPPED, OPTIONS, (step, done, of) -> {});
        assertFalse(none.better());
        assertEquals(0, none.tried());
        assertEquals(
            "nothing was tried: [5] users to choose by and [5] to test on, and fewer than [30] cannot tell settings apart",
            none.why()
        );
    }

    @Test
    void stopsWhenItIsTold() {
        EvaluationCases test = Protocols
            .rolling(Worlds.dataset(6), Worlds.START + 100 * Worlds.DAY, Long.MAX_VALUE, 5, true);
        List<String> steps = new ArrayList<>();
        assertThrows(
            CancellationException.class,
            () -> TrackerTuning.propose(test, Worlds.space(test), SHIPPED, SHIPPED, OPTIONS, (step, done, of) -> {
                steps.add(step);
                throw new CancellationException();
            })
        );
        assertEquals(List.of("choosing settings"), steps);
    }

    @Test
    void theFootprintGrowsWithEverythingThatIsRead() {
        long small = MemoryEstimate.events(1_000) + MemoryEstimate.catalogue(100, 10, 384)
            + MemoryEstimate.work(1_000, 100, 100);
        assertTrue(small < 20_000_000, "[" + small + "] bytes for next to nothing");
        assertTrue(MemoryEstimate.events(10_000_000) > 2_000_000_000L);
        assertTrue(MemoryEstimate.catalogue(100_000, 0, 384) > 4L * 100_000 * 384 * 4);
        assertTrue(MemoryEstimate.work(10_000_000, 100_000, 10_000) > 400_000_000L);
    }
}
