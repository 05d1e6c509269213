package org.opensearch.interest.lucene;

import org.apache.lucene.search.Explanation;
import org.opensearch.interest.ranking.Blend;
import org.opensearch.interest.ranking.InterestFunction;
import org.opensearch.interest.ranking.PersonalFunction;
import org.opensearch.interest.ranking.SimilarityFunction;

import java.util.ArrayList;
import java.util.List;

/** Tells how a score came about, with the very numbers that made it. */
final class InterestExplanation {
    private final InterestQuery query;
    private final float boost;

    InterestExplanation(InterestQuery query, float boost) {
        this.query = query;
        this.boost = boost;
    }

    /** @param dots one dot product a direction; null where the document has no vector */
    Explanation of(Explanation relevance, float[] dots) {
        Explanation interest = interest(dots);
        Explanation blended = blended(relevance, interest);
        if (boost == 1f) {
            return blended;
        }
        float score = boost * blended.getValue().floatValue();
        return Explanation.match(score, "personal score, product of:", Explanation.match(boost, "boost"), blended);
    }

    private Explanation blended(Explanation relevance, Explanation interest) {
        Blend blend = query.blend();
        Explanation weight = Explanation.match(blend.weight(), "weight, the share of interest in the blend");
        if (blend.needsRelevance() == false) {
            return Explanation.match(
                interest.getValue(),
                "personal score, computed as interest, because weight is 1, from:",
                weight,
                interest
            );
        }
        float score = blend.combine(relevance.getValue().floatValue(), interest.getValue().floatValue());
        return Explanation.match(
            score,
            "personal score, computed as relevance^(1 - weight) * interest^weight from:",
            weight,
            Explanation.match(relevance.getValue(), "relevance, the score of the inner query", relevance),
            interest
        );
    }

    private Explanation interest(float[] dots) {
        if (dots == null) {
            return Explanation.match(InterestFunction.NEUTRAL, "interest, neutral: the document has no vector in field [" + query.field() + "]");
        }
        float score = query.function().score(dots);
        return switch (query.function()) {
            case SimilarityFunction similarity -> Explanation.match(
                score,
                "interest, computed as (1 + cosine) / 2 from:",
                Explanation.match(dots[0], "cosine of the given vector and field [" + query.field() + "]")
            );
            case PersonalFunction personal -> personal(personal, score, dots);
        };
    }

    private Explanation personal(PersonalFunction function, float score, float[] dots) {
        Explanation confidence = Explanation.match(function.confidence(), "confidence, how much is known of the user");
        Explanation dynamic = Explanation.match(
            function.dynamic().z(dots[0]),
            "dynamic interest, standard deviations above the catalogue's average item"
        );
        List<Explanation> parts = new ArrayList<>(List.of(confidence, dynamic));
        if (function.topics().isEmpty() == false) {
            parts.add(topics(function, dots));
        }
        if (function.aversions().isEmpty() == false) {
            parts.add(Explanation.match(function.penalty(dots), "penalty, for being like what the user turned down"));
        }
        String speaksFor = function.topics().isEmpty() ? "dynamic interest" : "(dynamic interest + topics) / 2";
        return Explanation.match(
            score,
            "interest, computed as 0.5 + 0.5 * z / (2 + |z|) with z = confidence * " + speaksFor + " - penalty from:",
            parts
        );
    }

    private static Explanation topics(PersonalFunction function, float[] dots) {
        List<Explanation> each = new ArrayList<>();
        for (int i = 0; i < function.topics().size(); i++) {
            each.add(Explanation.match(function.topics().get(i).z(dots[i + 1]), "topic " + i + ", standard deviations above the average item"));
        }
        return Explanation.match(
            function.mixture(dots),
            "topics, computed as their best mixture, sqrt(sum of squares of those above average) or the best where none is, from:",
            each
        );
    }
}
