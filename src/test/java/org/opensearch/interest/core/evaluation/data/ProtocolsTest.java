package org.opensearch.interest.core.evaluation.data;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.evaluation.report.Worlds;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ProtocolsTest {
    /** Two users; the last argument is the time. */
    private static Dataset data() {
        DatasetBuilder builder = new DatasetBuilder();
        List.of("a", "b", "c", "d").forEach(item -> builder.item(item, item));
        builder.event("ann", "a", 1, true, 1);
        builder.event("bob", "b", 1, true, 2);
        builder.event("ann", "b", 1, true, 3);
        builder.event("ann", "a", 1, true, 10);
        builder.event("ann", "c", 1, true, 10);
        builder.event("ann", "d", 1, true, 11);
        builder.event("bob", "b", 1, true, 12);
        builder.event("cid", "a", 1, true, 13);
        return builder.build();
    }

    @Test
    void aSplitAsksForTheFirstBasketOfEachKnownUser() {
        EvaluationCases experiment = Protocols.split(data(), 10, Long.MAX_VALUE, true, true);
        assertEquals(2, experiment.cases().size(), "cid is not known before the split");
        assertArrayEquals(new int[]{ 0, 2 }, experiment.cases().get(0).targets(), "a and c are one basket");
        assertEquals(3, experiment.cases().get(0).known());
        assertEquals(2, experiment.cases().get(0).seen());
    }

    @Test
    void itemsOfTheFutureAreNotRankedUnlessAsked() {
        EvaluationCases experiment = Protocols.split(data(), 10, Long.MAX_VALUE, true, false);
        assertArrayEquals(new int[]{ 0 }, experiment.cases().get(0).targets(), "c was never sold before");
        assertArrayEquals(new int[]{ 0, 1 }, experiment.candidates(experiment.cases().get(0)));
    }

    @Test
    void newOnlyLeavesOutWhatTheUserHad() {
        EvaluationCases experiment = Protocols.split(data(), 10, Long.MAX_VALUE, false, true);
        assertEquals(1, experiment.cases().size(), "bob only bought again");
        assertArrayEquals(new int[]{ 2 }, experiment.cases().get(0).targets());
        assertArrayEquals(new int[]{ 2, 3 }, experiment.candidates(experiment.cases().get(0)));
    }

    @Test
    void rollingKnowsWhatIsStrictlyEarlier() {
        EvaluationCases experiment = Protocols.rolling(data(), 10, Long.MAX_VALUE, 2, true);
        assertEquals(3, experiment.cases().size());
        Case second = experiment.cases().get(1);
        assertEquals(3, second.known(), "the other event of the same moment is not known");
        assertEquals(2, second.seen());
        assertEquals(5, experiment.cases().get(2).known());
    }

    @Test
    void leaveOneOutHoldsEachUsersLast() {
        EvaluationCases experiment = Protocols.leaveOneOut(data(), 0, true);
        assertEquals(2, experiment.cases().size(), "cid has one event only");
        assertArrayEquals(new int[]{ 3 }, experiment.cases().get(0).targets());
        assertArrayEquals(new int[]{ 1 }, experiment.cases().get(1).targets());
        assertEquals(2, experiment.held().cardinality());
        EvaluationCases validation = Protocols.leaveOneOut(data(), 1, true);
        assertTrue(
            validation.held().get(5) && validation.held().get(4),
            "the test's events do not exist where parameters are chosen"
        );
        assertArrayEquals(new int[]{ 2 }, validation.cases().get(0).targets());
    }

    @Test
    void fewUsersAreAskedMoreOften() {
        Dataset data = Worlds.dataset(1);
        EvaluationCases test = Protocols.leaveOneOut(data, 0, true);
        EvaluationCases once = Protocols.validation(test, 1);
        EvaluationCases often = Protocols.validation(test, 200);
        assertTrue(
            often.cases().size() >= 200 && once.cases().size() <= data.users(),
            once.cases().size() + " " + often.cases().size()
        );
        for (Case c : often.cases()) {
            int asked = data.own(c.user(), c.seen());
            assertTrue(often.held().get(asked), "what is asked for is not learned");
            assertFalse(
                c.targets()[0] == test.cases().get(0).targets()[0] && c.seen() == data.count(c.user()) - 1,
                "nor does it reach into the test"
            );
            assertTrue(c.seen() >= data.count(c.user()) / 2 - 1, "half of what is known of a user stays");
        }
        assertTrue(test.held().stream().allMatch(often.held()::get), "what the test holds back does not exist");
    }

    @Test
    void fewBasketsBringAllOfThem() {
        Dataset data = Worlds.dataset(1);
        long split = Worlds.START + 150 * Worlds.DAY;
        EvaluationCases test = Protocols.split(data, split, Long.MAX_VALUE, true, true);
        EvaluationCases once = Protocols.validation(test, 1);
        EvaluationCases often = Protocols.validation(test, 200);
        assertTrue(often.cases().size() > once.cases().size());
        int known = 0;
        for (Case c : often.cases()) {
            assertTrue(c.known() >= known, "in the order of what is known");
            known = c.known();
            assertTrue(c.at() < split && c.known() == data.before(c.at()) && c.targets().length > 0);
        }
    }

    @Test
    void candidatesComeFromOutsideOrBySeed() {
        EvaluationCases experiment = Protocols.leaveOneOut(data(), 0, true);
        EvaluationCases given = experiment.givenCandidates(Map.of(0, new int[]{ 1, 3 }, 1, new int[]{ 0, 2 }));
        assertEquals(1, given.cases().size(), "bob's target is not on his list");
        assertArrayEquals(new int[]{ 1, 3 }, given.candidates(given.cases().get(0)));
        EvaluationCases sampled = experiment.sampledCandidates(2, 4);
        for (Case c : sampled.cases()) {
            BitSet list = new BitSet();
            for (int item : sampled.candidates(c)) {
                list.set(item);
            }
            assertEquals(3, list.cardinality());
            assertTrue(list.get(c.targets()[0]));
        }
    }

    @Test
    void repeatsAreNoticed() {
        assertTrue(Protocols.repeatsHappen(data()));
        DatasetBuilder builder = new DatasetBuilder();
        builder.item("a", "a");
        builder.event("ann", "a", 1, true, 1);
        assertFalse(Protocols.repeatsHappen(builder.build()));
    }

    @Test
    void eventsComeIntoTimeOrderStably() {
        long[] time = { 5, 3, 5, 1, 3, 9, 0 };
        assertArrayEquals(new int[]{ 6, 3, 1, 4, 0, 2, 5 }, TimeOrder.of(time, 7));
        assertArrayEquals(new int[0], TimeOrder.of(time, 0));
    }
}
