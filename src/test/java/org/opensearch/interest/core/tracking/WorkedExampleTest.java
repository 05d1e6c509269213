package org.opensearch.interest.core.tracking;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opensearch.interest.cluster.calibration.PriorGeometries;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.TextType;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.TopicSettings;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.vector.Vectors;
import org.opensearch.interest.engine.onnx.BundledModel;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The example of the papers behind this project: weeks of searches for sneakers, a mug and bread, and today insoles and
 * running shoes. One averaged vector puts the mug or the shoes first; the insoles belong there.
 */
class WorkedExampleTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static Encoder encoder;

    @BeforeAll
    static void load() {
        encoder = BundledModel.load();
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    private static Evidence text(String text, double weight, long age) {
        float[] vector = Vectors.unit(encoder.encode(text, TextType.QUERY).vector());
        return new Evidence(vector, Evidence.Source.TEXT, weight, NOW - age, OptionalLong.empty());
    }

    @Test
    void insolesComeFirstAndShoesBeforeMugAndBread() {
        Tracker tracker = TrackerJson.read("shop", "uid", Map.of("items", Map.of("index", "products")));
        PriorGeometries geometries = new PriorGeometries(List.of(BundledModel.pluginFolder().resolve("models")));
        InterestFunctions interests = new InterestFunctions(geometries);
        for (long weeks : List.of(1L, 2L, 3L, 6L)) {
            Geometry geometry = geometries.of(tracker, 384);
            CatalogueCentre centre = new CatalogueCentre(geometry.itemMean(), geometry.textMean());
            TopicSettings rules = new TopicSettings(tracker.topics().max(), tracker.topics().similarity());
            Profile profile = Profile.empty(tracker.halfLives());
            for (Evidence evidence : List.of(
                text("good-value sneakers", 1, 7 * weeks * DAY),
                text("highly rated coffee mug", 1, 7 * weeks * DAY - DAY),
                text("tasty bread", 1, 7 * weeks * DAY - 3 * DAY), text("comfortable insoles", 1, 7_200_000),
                text("sneakers", 0.5, 3_600_000), text("running shoes", 1, 1_800_000)
            )) {
                profile = profile.plus(evidence, centre, rules);
            }
            PersonalFunction function = interests.function(tracker, profile, NOW).orElseThrow();
            Map<String, Float> scores = new TreeMap<>();
            for (String item : List.of("jogging shoes", "coffee mug", "bread", "running shoe insoles")) {
                float[] vector = Vectors.unit(encoder.encode(item, TextType.PASSAGE).vector());
                float[] dots = new float[function.directions().size()];
                for (int i = 0; i < dots.length; i++) {
                    dots[i] = (float) Vectors.dot(function.directions().get(i), vector);
                }
                scores.put(item, function.score(dots));
            }
            float shoes = scores.get("jogging shoes");
            assertTrue(scores.get("running shoe insoles") > shoes, scores.toString());
            assertTrue(shoes > scores.get("coffee mug") && shoes > scores.get("bread"), scores.toString());
        }
    }
}
