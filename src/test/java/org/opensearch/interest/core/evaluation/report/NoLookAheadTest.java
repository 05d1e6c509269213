package org.opensearch.interest.core.evaluation.report;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.learning.EvaluationOptions;
import org.opensearch.interest.core.evaluation.learning.LearnedInterest;
import org.opensearch.interest.core.evaluation.method.CaseReplay;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.Method;
import org.opensearch.interest.core.evaluation.method.MethodNames;
import org.opensearch.interest.core.evaluation.method.ParameterGrid;
import org.opensearch.interest.core.evaluation.method.Scorer;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Methods must not look ahead: events after the time of a case do not change its scores. */
class NoLookAheadTest {
    private static final long CUT = Worlds.START + 150 * Worlds.DAY;

    /** Returns every method's scores, by case. */
    private static float[][][] scores(EvaluationCases experiment) {
        ItemVectorSpace space = Worlds.space(experiment);
        float[][][] scores = new float[experiment.cases().size()][][];
        Supplier<List<Scorer>> fresh = () -> Worlds.methods(experiment, space).stream().map(Method::scorer).toList();
        CaseReplay.run(experiment, fresh, 2, done -> {}, (index, c, parts, answers) -> {
            scores[index] = parts.stream().map(part -> answers.of(part).clone()).toArray(float[][]::new);
        });
        return scores;
    }

    @Test
    void afterTheSplitNothingCounts() {
        EvaluationCases real = Protocols.split(Worlds.dataset(1), CUT, Long.MAX_VALUE, true, true);
        EvaluationCases other = Protocols
            .split(Worlds.dataset(1, time -> time >= CUT), CUT, Long.MAX_VALUE, true, true);
        assertTrue(real.cases().size() > 20);
        // the same cases for both: only what they may know differs
        assertSame(scores(real), scores(other.with(real.cases())), real);
    }

    @Test
    void eventByEventNothingLaterCounts() {
        EvaluationCases real = Protocols.rolling(Worlds.dataset(1), CUT, Long.MAX_VALUE, 5, true);
        assertTrue(real.cases().size() > 100);
        for (int i = 0; i < real.cases().size(); i += 37) {
            Case one = real.cases().get(i);
            EvaluationCases alone = real.with(List.of(one));
            Dataset changed = Worlds.dataset(1, time -> time >= one.at());
            EvaluationCases other = Protocols.rolling(changed, CUT, Long.MAX_VALUE, 5, true).with(List.of(one));
            assertSame(scores(alone), scores(other), alone);
        }
    }

    private static void assertSame(float[][][] real, float[][][] other, EvaluationCases experiment) {
        List<String> names = Worlds.methods(experiment, Worlds.space(experiment)).stream().map(Method::name).toList();
        assertEquals(real.length, other.length);
        for (int c = 0; c < real.length; c++) {
            for (int m = 0; m < names.size(); m++) {
                assertArrayEquals(real[c][m], other[c][m], 0f, names.get(m));
            }
        }
    }

    /** A change before the time of the case does change its scores: the test above can fail. */
    @Test
    void whatHappenedBeforeCounts() {
        EvaluationCases real = Protocols.split(Worlds.dataset(1), CUT, Long.MAX_VALUE, true, true);
        EvaluationCases other = Protocols.split(Worlds.dataset(1, time -> time < CUT), CUT, Long.MAX_VALUE, true, true);
        float[][][] a = scores(real);
        float[][][] b = scores(other.with(real.cases()));
        assertTrue(java.util.Arrays.deepEquals(a, b) == false);
    }

    @Test
    void parametersAreChosenBeforeTheSplit() {
        Function<Dataset, String> chosen = data -> {
            EvaluationCases test = Protocols.split(data, CUT, Long.MAX_VALUE, true, true);
            EvaluationCases validation = Protocols.validation(test, 20);
            return LearnedInterest.on(validation, Worlds.space(test), true, 10, 2, 1, (done, of) -> {}).description();
        };
        assertEquals(chosen.apply(Worlds.dataset(1)), chosen.apply(Worlds.dataset(1, time -> time >= CUT)));
    }

    @Test
    void theSameSeedGivesTheSameReportOnAnyNumberOfThreads() {
        Tracker shipped = TrackerJson.read("test", "uid", Map.of("items", Map.of("index", "items")));
        for (EvaluationCases experiment : List.of(
            Protocols.split(Worlds.dataset(1), CUT, Long.MAX_VALUE, true, true),
            Protocols.rolling(Worlds.dataset(1), CUT, Long.MAX_VALUE, 5, true),
            Protocols.leaveOneOut(Worlds.dataset(1), 0, true)
        )) {
            ItemVectorSpace space = Worlds.space(experiment);
            Function<Integer, Report> report = threads -> new Evaluator(
                experiment, space, shipped,
                new EvaluationOptions(MethodNames.DEFAULT, 10, 9, threads, ParameterGrid.USUAL)
            ).run((name, done, of) -> {});
            assertEquals(report.apply(1).toString(), report.apply(3).toString(), experiment.protocol());
        }
    }
}
