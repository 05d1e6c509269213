package org.opensearch.interest.core.tracking;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.TopicSettings;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A score, divided among parts and events: on random people and a catalogue that is no ball. */
class AttributionTest {
    private static final int DIMENSION = 24;
    private static final long DAY = 86_400_000L;
    private static final long NOW = 20_000 * DAY;
    private static final int PEOPLE = 60;

    private final Random random = new Random(23);
    private final Geometry geometry = geometry();
    private final Tracker tracker = TrackerJson
        .read("shop", "uid", Map.of("items", Map.of("index", "products"), "geometry", "off"));
    private final InterestFunctions interests = new InterestFunctions((tracker, dimension) -> geometry);

    private Geometry geometry() {
        List<float[]> items = new ArrayList<>();
        List<float[]> texts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            items.add(random());
            texts.add(random());
        }
        return Geometry.of(Moments.of(items, texts));
    }

    private float[] random() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (0.5 + random.nextGaussian() / (1 + i % 5));
        }
        return Vectors.unit(vector);
    }

    private Evidence evidence(float[] vector, double weight) {
        Evidence.Source source = random.nextBoolean() ? Evidence.Source.ITEM : Evidence.Source.TEXT;
        return new Evidence(vector, source, weight, NOW - random.nextInt(100) * DAY / 3, OptionalLong.empty());
    }

    private Profile fold(List<Evidence> events, TopicSettings rules) {
        Profile profile = Profile.empty(tracker.halfLives());
        CatalogueCentre centre = new CatalogueCentre(geometry.itemMean(), geometry.textMean());
        for (Evidence event : events) {
            profile = profile.plus(event, centre, rules);
        }
        return profile;
    }

    private Attribution attribution(Profile profile, List<Evidence> events) {
        return interests.attribution(tracker, profile, NOW, events).orElseThrow();
    }

    private List<Evidence> life(int events) {
        List<Evidence> life = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            double weight = i % 7 == 6 ? -1 : 0.2 + random.nextDouble();
            life.add(evidence(random(), weight));
        }
        return life;
    }

    @Test
    void partsAddUpToWhatIsAboveNeutral() {
        for (int i = 0; i < PEOPLE; i++) {
            Profile profile = fold(life(1 + random.nextInt(30)), new TopicSettings(8, 0.5));
            Attribution attribution = attribution(profile, List.of());
            for (int j = 0; j < 20; j++) {
                float[] item = random();
                Attribution.Divided divided = attribution.of(item);
                assertEquals(divided.interest() - 0.5, Arrays.stream(divided.parts()).sum(), 1e-5);
                assertEquals(attribution.score(item), divided.interest(), 0f);
            }
        }
    }

    /** With a single topic every event is in it, and nothing is estimated. */
    @Test
    void eventsAddUpToWhatIsAboveNeutral() {
        int checked = 0;
        for (int i = 0; i < PEOPLE; i++) {
            float[] middle = random();
            List<Evidence> life = new ArrayList<>();
            for (int j = 0; j < 12; j++) {
                float[] near = Vectors.unit(Vectors.plusScaled(middle, 0.2, random()));
                life.add(
                    new Evidence(
                        near, Evidence.Source.ITEM, 0.2 + random.nextDouble(), NOW - random.nextInt(90) * DAY,
                        OptionalLong.empty()
                    )
                );
            }
            Profile profile = fold(life, new TopicSettings(1, 0));
            if (profile.topics().list().size() != 1 || profile.topics().list().get(0).events() != life.size()) {
                continue;
            }
            Attribution.Divided divided = attribution(profile, life).of(random());
            assertEquals(divided.interest() - 0.5, Arrays.stream(divided.events()).sum(), 1e-4);
            checked++;
        }
        assertTrue(checked > PEOPLE / 4, "checked " + checked);
    }

    /** Two events instead of one of their weight add together what the one does. */
    @Test
    void isLinearInTheEvidence() {
        for (int i = 0; i < PEOPLE; i++) {
            List<Evidence> life = life(12);
            Evidence split = life.get(3);
            List<Evidence> halves = new ArrayList<>(life);
            halves.set(3, split.withWeight(split.weight() / 4));
            halves.add(4, split.withWeight(split.weight() * 3 / 4));
            TopicSettings rules = new TopicSettings(8, 0.5);
            float[] item = random();
            double[] whole = attribution(fold(life, rules), life).of(item).events();
            double[] parted = attribution(fold(halves, rules), halves).of(item).events();
            assertEquals(whole[3], parted[3] + parted[4], 1e-5);
            assertEquals(whole[3] / 4, parted[3], 1e-5);
        }
    }

    @Test
    void whatIsNotGivenIsNobodysPart() {
        List<Evidence> life = life(14);
        Profile profile = fold(life, new TopicSettings(8, 0.5));
        float[] item = random();
        double[] all = attribution(profile, life).of(item).events();
        double[] some = attribution(profile, life.subList(2, 5)).of(item).events();
        for (int i = 0; i < some.length; i++) {
            assertEquals(all[i + 2], some[i], 1e-9);
        }
    }

    @Test
    void whatWasTurnedDownTakesFromWhatIsLikeIt() {
        float[] liked = random();
        float[] disliked = random();
        List<Evidence> life = List.of(
            new Evidence(liked, Evidence.Source.ITEM, 2, NOW - DAY, OptionalLong.empty()),
            new Evidence(disliked, Evidence.Source.ITEM, -2, NOW - DAY, OptionalLong.empty())
        );
        Attribution.Divided divided = attribution(fold(life, new TopicSettings(8, 0.5)), life).of(disliked);
        assertTrue(divided.events()[1] < 0);
        assertEquals(divided.interest() - 0.5, Arrays.stream(divided.events()).sum(), 1e-4);
    }
}
