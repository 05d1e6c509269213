package org.opensearch.interest.core.evaluation.learning;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.engagement.BoostCalculator;
import org.opensearch.interest.core.engagement.EngagedItem;
import org.opensearch.interest.core.engagement.EngagementLearner;
import org.opensearch.interest.core.evaluation.data.Case;
import org.opensearch.interest.core.evaluation.data.Dataset;
import org.opensearch.interest.core.evaluation.data.EvaluationCases;
import org.opensearch.interest.core.evaluation.data.Protocols;
import org.opensearch.interest.core.evaluation.method.CaseReplay;
import org.opensearch.interest.core.evaluation.method.ItemVectorSpace;
import org.opensearch.interest.core.evaluation.method.ScorerFactory;
import org.opensearch.interest.core.evaluation.report.Evaluator;
import org.opensearch.interest.core.evaluation.report.Report;
import org.opensearch.interest.core.evaluation.report.Worlds;
import org.opensearch.interest.core.ranking.ComponentWeights;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.tracking.Tracker;
import org.opensearch.interest.core.tracking.TrackerJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ServedRankingTest {
    private static final Tracker SHIPPED = TrackerJson
        .read("shop", "uid", Map.of("items", Map.of("index", "products")));

    private static EvaluationCases experiment(long seed) {
        return Protocols.rolling(Worlds.dataset(seed), Worlds.START + 100 * Worlds.DAY, Long.MAX_VALUE, 5, true);
    }

    private static float[] ask(EvaluationCases experiment, ItemVectorSpace space, Tracker tracker, int index) {
        float[][] scores = new float[1][];
        CaseReplay.run(experiment, () -> {
            ScorerFactory scorers = new ScorerFactory(
                experiment.data(), space, new ScorerFactory.Texts(experiment.data()), 1
            );
            return List.of(ServedRanking.of(tracker, scorers));
        }, 1, done -> {}, (i, c, parts, answers) -> {
            if (i == index) {
                scores[0] = answers.of(parts.get(0)).clone();
            }
        });
        return scores[0];
    }

    /** The evaluation adds the same boosts to content as a search does, number by number. */
    @Test
    void saysWhatTheClassesOfASearchSay() {
        ComponentWeights weights = new ComponentWeights(1, 0.5, 0.25, 2);
        for (long seed = 1; seed <= 3; seed++) {
            EvaluationCases experiment = experiment(seed);
            Dataset data = experiment.data();
            ItemVectorSpace space = Worlds.space(experiment);
            int index = experiment.cases().size() / 2;
            Case c = experiment.cases().get(index);
            EngagementLearner learner = new EngagementLearner(SHIPPED.halfLives().longTerm());
            for (int event = 0; event < c.known(); event++) {
                if (data.engaged(event) && experiment.held().get(event) == false) {
                    learner.take(data.userName(data.user(event)), data.itemName(data.item(event)), data.time(event));
                }
            }
            List<EngagedItem> own = new ArrayList<>();
            for (int n = 0; n < c.seen(); n++) {
                if (data.engaged(data.own(c.user(), n))) {
                    own.add(
                        new EngagedItem(
                            data.itemName(data.item(data.own(c.user(), n))), data.time(data.own(c.user(), n))
                        )
                    );
                }
            }
            BoostCalculator reading = new BoostCalculator(
                weights, learner.snapshot(c.known(), c.at()), SHIPPED.halfLives().longTerm()
            );
            ItemBoosts parts = reading.of(own, learner::neighbours, c.at());
            assertTrue(parts.items().size() > 10, "" + parts.items().size());
            float[] scores = ask(experiment, space, SHIPPED.withBlend(weights), index);
            float[] content = ask(experiment, space, SHIPPED.withBlend(new ComponentWeights(1, 0, 0, 1e-9)), index);
            for (int item = 0; item < data.items(); item++) {
                assertEquals(parts.of(data.itemName(item)).sum(), scores[item] - content[item], 1e-4);
            }
        }
    }

    @Test
    void withoutOtherPartsItIsContentAsItIsShipped() {
        EvaluationCases experiment = experiment(4);
        ScorerFactory scorers = new ScorerFactory(
            experiment.data(), Worlds.space(experiment), new ScorerFactory.Texts(experiment.data()), 1
        );
        assertSame(scorers.production(SHIPPED), ServedRanking.of(SHIPPED, scorers));
    }

    @Test
    void learnsToListenToOthersWhereVectorsSayNothing() {
        EvaluationCases experiment = experiment(5);
        ItemVectorSpace blind = Worlds.blind(experiment);
        EvaluationOptions options = new EvaluationOptions(
            List.of("random", "interest_content", "blend"), 10, 3, 1, null
        );
        Report report = new Evaluator(experiment, blind, SHIPPED, options).run((name, done, of) -> {});
        double content = report.methods().get("interest_content").get("ndcg@10").value();
        double blend = report.methods().get("blend").get("ndcg@10").value();
        assertTrue(blend > 1.2 * content, report.protocol() + " " + content + " " + blend);
        assertTrue(
            ((String) report.protocol().get("blend")).startsWith("content "), (String) report.protocol().get("blend")
        );
        EvaluationCases validation = Protocols.validation(experiment, 200);
        ComponentWeights weights = ServedRanking.learn(validation, blind, SHIPPED, 10, 1, 3, () -> {});
        assertTrue(weights.related() + weights.popular() + weights.repeat() > weights.content(), weights.toString());
        assertEquals(
            weights, ServedRanking.learn(validation, blind, SHIPPED, 10, 3, 3, () -> {}),
            "the same on any number of threads"
        );
        ComponentWeights without = ServedRanking.learn(validation, null, SHIPPED, 10, 1, 3, () -> {});
        assertEquals(0, without.content(), 0, "items without vectors have no content to weigh");
    }

    @Test
    void isProposedOnEvidenceAndKeptWhereItIsThere() {
        EvaluationCases test = experiment(6);
        EvaluationOptions options = new EvaluationOptions(List.of("random"), 10, 3, 1, null);
        TrackerTuning.Proposal found = TrackerTuning
            .propose(test, Worlds.blind(test), SHIPPED, SHIPPED, options, (step, done, of) -> {});
        assertTrue(found.better(), found.toString());
        assertTrue(found.settings().blend().needsItems(), found.toString());
        assertTrue(found.difference().low() > 0, found.toString());
        Tracker without = TrackerJson
            .read("shop", "uid", Map.of("items", Map.of("index", "products"), "history", false));
        TrackerTuning.Proposal none = TrackerTuning
            .propose(test, Worlds.blind(test), without, without, options, (step, done, of) -> {});
        assertEquals(ComponentWeights.CONTENT_ALONE, none.settings().blend(), "who keeps no history has content alone");
    }
}
