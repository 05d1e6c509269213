package org.opensearch.interest.engine.lucene;

import org.apache.lucene.search.Explanation;
import org.opensearch.interest.core.ranking.InterestFunction;
import org.opensearch.interest.core.ranking.ItemBoost;
import org.opensearch.interest.core.ranking.ItemBoosts;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.ranking.RelevanceBlend;
import org.opensearch.interest.core.ranking.ScoringDirection;
import org.opensearch.interest.core.ranking.SimilarityFunction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Explains a score with the numbers that produced it. */
final class InterestExplanation {
    private final List<VectorField> fields;
    private final InterestFunction function;
    private final RelevanceBlend blend;

    InterestExplanation(List<VectorField> fields, InterestFunction function, RelevanceBlend blend) {
        this.fields = fields;
        this.function = function;
        this.blend = blend;
    }

    /** @param doc not before the document of the previous call on the same {@code item} */
    Explanation of(Explanation relevance, ItemInterest item, int doc) throws IOException {
        return blended(relevance, interest(item.dots(doc), item.boosts(doc)));
    }

    /** Explains the score of a hit whose vectors were not read. */
    Explanation ofNeutral(Explanation relevance, String why) {
        return blended(relevance, Explanation.match(InterestFunction.NEUTRAL, "interest, neutral: " + why));
    }

    private Explanation blended(Explanation relevance, Explanation interest) {
        Explanation weight = Explanation.match(blend.weight(), "weight, the share of interest in the blend");
        if (blend.needsRelevance() == false) {
            return Explanation.match(
                interest.getValue(), "personal score, computed as interest, because weight is 1, from:", weight,
                interest
            );
        }
        float score = blend.combine(relevance.getValue().floatValue(), interest.getValue().floatValue());
        return Explanation.match(
            score, "personal score, computed as " + blend.formula() + " from:", weight,
            Explanation.match(relevance.getValue(), "relevance, the score of the inner query", relevance), interest
        );
    }

    /**
     * @param dots one array for each field: one dot product for each direction, or null if the document has no vector
     */
    private Explanation interest(float[][] dots, ItemBoost item) {
        if (fields.size() == 1) {
            return interest(fields.get(0), dots[0], item);
        }
        List<Explanation> details = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < dots.length; i++) {
            VectorField field = fields.get(i);
            Explanation interest = interest(field, dots[i], item);
            sum += (double) field.share() * interest.getValue().floatValue();
            Explanation share = Explanation.match(field.share(), "share of field [" + field.name() + "]");
            details.add(
                Explanation.match(field.share() * interest.getValue().floatValue(), "product of:", share, interest)
            );
        }
        return Explanation.match((float) Math.clamp(sum, 0.0, 1.0), "interest, sum over the fields of:", details);
    }

    private Explanation interest(VectorField field, float[] dots, ItemBoost item) {
        if (dots == null && item.sum() == 0) {
            return Explanation.match(
                InterestFunction.NEUTRAL,
                "interest, neutral: the document has no vector in field [" + field.name() + "]"
            );
        }
        float score = function.score(dots, item.sum());
        return switch (function) {
            case SimilarityFunction similarity -> Explanation.match(
                score, "interest, computed as (1 + cosine) / 2 from:",
                Explanation.match(dots[0], "cosine of the given vector and field [" + field.name() + "]")
            );
            case PersonalFunction personal -> personal(personal, field, score, dots, item);
        };
    }

    private static Explanation personal(
        PersonalFunction function, VectorField field, float score, float[] dots, ItemBoost item
    ) {
        List<Explanation> contentFactors = dots == null
            ? List.of(Explanation.match(0f, "the document has no vector in field [" + field.name() + "]"))
            : contentFactors(function, dots);
        String interest = function.topics().isEmpty() ? "dynamic interest" : "(dynamic interest + topics) / 2";
        String content = "confidence * " + interest + " - penalty";
        List<Explanation> details = new ArrayList<>();
        String z = content;
        if (function.boosts().equals(ItemBoosts.NONE)) {
            details.addAll(contentFactors);
        } else {
            z = "content + related + popular + repeat";
            List<Explanation> weighted = new ArrayList<>(
                List.of(Explanation.match(function.boosts().content(), "weight of content"))
            );
            weighted.addAll(contentFactors);
            details.add(
                Explanation
                    .match(function.content(dots), "content, computed as weight * (" + content + ") from:", weighted)
            );
            String by = item.by() == null ? "" : ", most of all because of item [" + item.by() + "]";
            details.add(
                Explanation
                    .match(item.related(), "related, engaged with by users who engaged with the user's items" + by)
            );
            details.add(Explanation.match(item.popular(), "popular, engaged with by many users"));
            details.add(Explanation.match(item.repeat(), "repeat, engaged with by the user before"));
        }
        float[] contributions = function.contributions(dots, item);
        if (contributions.length > 4 || item.sum() > 0) {
            details.add(contributions(function, score, contributions));
        }
        return Explanation
            .match(score, "interest, computed as 0.5 + 0.5 * z / (2 + |z|) with z = " + z + " from:", details);
    }

    private static List<Explanation> contentFactors(PersonalFunction function, float[] dots) {
        Explanation confidence = Explanation.match(function.confidence(), "confidence, how much is known of the user");
        Explanation dynamic = Explanation.match(
            function.dynamic().z(dots[0]), "dynamic interest, standard deviations above the catalogue's average item"
        );
        List<Explanation> details = new ArrayList<>(List.of(confidence, dynamic));
        if (function.topics().isEmpty() == false) {
            details.add(topics(function, dots));
        }
        if (function.negativeTopics().isEmpty() == false) {
            details.add(Explanation.match(function.penalty(dots), "penalty, for similarity to what the user disliked"));
        }
        return details;
    }

    private static Explanation contributions(PersonalFunction function, float score, float[] contributions) {
        List<Explanation> each = new ArrayList<>(
            List.of(Explanation.match(contributions[0], "added by the dynamic interest"))
        );
        int next = 1;
        for (int i = 0; i < function.topics().size(); i++) {
            each.add(Explanation.match(contributions[next++], "added by topic " + i));
        }
        for (int i = 0; i < function.negativeTopics().size(); i++) {
            each.add(Explanation.match(contributions[next++], "taken by negative topic " + i));
        }
        if (function.boosts().equals(ItemBoosts.NONE) == false) {
            for (String component : List.of("related", "popular", "repeat")) {
                each.add(Explanation.match(contributions[next++], "added by " + component));
            }
        }
        return Explanation.match(
            score - InterestFunction.NEUTRAL,
            "distance from the neutral 0.5, computed as the sum of each contribution's share of z, from:", each
        );
    }

    private static Explanation topics(PersonalFunction function, float[] dots) {
        List<Explanation> each = new ArrayList<>();
        int best = function.bestTopic(dots);
        for (int i = 0; i < function.topics().size(); i++) {
            String nearest = i == best ? ", the best one for this item" : "";
            ScoringDirection topic = function.topics().get(i);
            String share = ", with a share of " + topic.share();
            each.add(
                Explanation.match(
                    topic.z(dots[i + 1]),
                    "topic " + i + nearest + ", standard deviations above the average item" + share
                )
            );
        }
        return Explanation.match(
            function.mixture(dots),
            "topics, computed as sqrt(sum of share * square of those above average), or the best one if none is, from:",
            each
        );
    }
}
