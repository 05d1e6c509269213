package org.opensearch.interest.core.tracking;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.TopicSettings;
import org.opensearch.interest.core.ranking.PersonalFunction;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a profile makes of a catalogue, on random vectors and a flat geometry. */
class InterestFunctionsTest {
    private static final int DIMENSION = 64;
    private static final long DAY = 86_400_000L;
    private static final long NOW = 20_000 * DAY;

    private final Random random = new Random(17);
    private final Geometry flat = Geometry.flat(DIMENSION);
    private final Tracker tracker = TrackerJson
        .read("shop", "uid", Map.of("items", Map.of("index", "products"), "geometry", "off"));
    private final InterestFunctions interests = new InterestFunctions((tracker, dimension) -> flat);

    private float[] random() {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Vectors.unit(vector);
    }

    private float[] near(float[] middle) {
        return Vectors.unit(Vectors.plusScaled(middle, 0.7, random()));
    }

    private Profile after(Profile profile, float[] vector, double weight, long time) {
        Evidence evidence = new Evidence(vector, Evidence.Source.ITEM, weight, time, OptionalLong.empty());
        TopicSettings rules = new TopicSettings(tracker.topics().max(), tracker.topics().similarity());
        return profile.plus(evidence, new CatalogueCentre(flat.itemMean(), flat.textMean()), rules);
    }

    private float score(Profile profile, float[] item) {
        PersonalFunction function = interests.function(tracker, profile, NOW).orElseThrow();
        float[] dots = new float[function.directions().size()];
        for (int i = 0; i < dots.length; i++) {
            dots[i] = (float) Vectors.dot(function.directions().get(i), item);
        }
        return function.score(dots);
    }

    @Test
    void whoDidNothingIsNobody() {
        assertTrue(interests.function(tracker, Profile.empty(tracker.halfLives()), NOW).isEmpty());
    }

    @Test
    void interestsOfComparableMassAllReachTheFirstPage() {
        float[] running = random();
        float[] coffee = random();
        float[] bread = random();
        Profile profile = Profile.empty(tracker.halfLives());
        for (int i = 0; i < 12; i++) {
            profile = after(profile, near(running), 1, NOW - i * DAY);
            profile = after(profile, near(coffee), 0.7, NOW - (i + 20) * DAY);
            profile = after(profile, near(bread), 0.5, NOW - (i + 10) * DAY);
        }
        record Item(float[] vector, String of) {}
        List<Item> catalogue = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            catalogue.add(new Item(random(), "nothing"));
        }
        for (int i = 0; i < 10; i++) {
            catalogue.add(new Item(near(running), "running"));
            catalogue.add(new Item(near(coffee), "coffee"));
            catalogue.add(new Item(near(bread), "bread"));
        }
        Profile read = profile;
        catalogue.sort(Comparator.comparingDouble((Item item) -> -score(read, item.vector())));
        List<String> page = catalogue.subList(0, 20).stream().map(Item::of).toList();
        for (String interest : List.of("running", "coffee", "bread")) {
            assertTrue(page.stream().filter(interest::equals).count() >= 2, page.toString());
        }
    }

    @Test
    void aPassingInterestComesAfterTheOthersAndStillReachesTheFirstPages() {
        float[] main = random();
        float[] passing = random();
        Profile profile = Profile.empty(tracker.halfLives());
        for (int i = 0; i < 18; i++) {
            profile = after(profile, near(main), 1, NOW - i * DAY);
        }
        for (int i = 0; i < 2; i++) {
            profile = after(profile, near(passing), 1, NOW - i * DAY);
        }
        Profile read = profile;
        List<float[]> rest = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            rest.add(random());
        }
        float[] item = passing;
        assertTrue(score(read, item) < score(read, near(main)), "after what the user lives in");
        long before = rest.stream().filter(other -> score(read, other) > score(read, item)).count();
        assertTrue(before <= 10, before + " of 2,000 items that are about neither stand before it");
    }

    @Test
    void evidenceAgainstLowersWhatIsLikeItAndNothingElse() {
        float[] liked = random();
        float[] disliked = random();
        float[] unrelated = random();
        Profile fan = Profile.empty(tracker.halfLives());
        for (int i = 0; i < 5; i++) {
            fan = after(fan, near(liked), 1, NOW - i * DAY);
        }
        Profile critic = after(after(fan, disliked, -2, NOW - DAY), near(disliked), -2, NOW - DAY);
        assertTrue(score(critic, disliked) < score(fan, disliked) - 0.05);
        assertEquals(score(fan, unrelated), score(critic, unrelated), 0.1);
        assertTrue(score(critic, near(liked)) > 0.8, "liked things stay liked");
    }

    @Test
    void turningSomethingDownNeverRaisesIt() {
        for (int round = 0; round < 50; round++) {
            float[] item = random();
            Profile profile = Profile.empty(tracker.halfLives());
            for (int i = random.nextInt(4); i > 0; i--) {
                profile = after(
                    profile, random.nextBoolean() ? item : near(item), 0.5 + 4 * random.nextDouble(), NOW - i * DAY
                );
            }
            double before = interests.function(tracker, profile, NOW).isEmpty() ? 0.5 : score(profile, item);
            for (int i = 0; i < 5; i++) {
                profile = after(profile, item, -2, NOW);
                double now = score(profile, item);
                assertTrue(now <= before + 1e-6, "round " + round + ": from " + before + " to " + now);
                before = now;
            }
        }
    }

    @Test
    void turningSomethingDownNeverRaisesItWhateverElseWasTurnedDown() {
        for (int round = 0; round < 300; round++) {
            List<float[]> fields = List.of(random(), random(), random(), random(), random(), random());
            Profile profile = Profile.empty(tracker.halfLives());
            for (int i = random.nextInt(20); i > 0; i--) {
                float[] any = random.nextBoolean() ? near(fields.get(random.nextInt(6))) : random();
                profile = after(
                    profile, any, random.nextInt(3) == 0 ? 1 : -4 * random.nextDouble(), NOW - random.nextInt(100) * DAY
                );
            }
            float[] item = random.nextBoolean() ? near(fields.get(random.nextInt(6))) : random();
            double before = interests.function(tracker, profile, NOW).isEmpty() ? 0.5 : score(profile, item);
            for (int i = 0; i < 4; i++) {
                profile = after(profile, item, -0.05 - 2 * random.nextDouble(), NOW);
                double now = score(profile, item);
                assertTrue(now <= before + 1e-3, "round " + round + ": from " + before + " to " + now);
                before = now;
            }
        }
    }

    @Test
    void thingsTurnedDownAreToldApart() {
        float[] one = random();
        float[] other = random();
        float[] between = Vectors.unit(Vectors.plusScaled(one, 1, other));
        Profile profile = after(after(Profile.empty(tracker.halfLives()), one, -2, NOW), other, -2, NOW);
        assertEquals(2, profile.against().list().size());
        assertTrue(
            score(profile, between) > Math.max(score(profile, one), score(profile, other)) + 0.05,
            "what lies between is less turned down than either"
        );
    }

    @Test
    void whatIsLikedFarMoreThanDislikedIsNotBuried() {
        for (int round = 0; round < 50; round++) {
            float[] item = random();
            Profile profile = Profile.empty(tracker.halfLives());
            for (int i = 0; i < 12; i++) {
                profile = after(profile, item, 1, NOW - i * DAY);
            }
            for (int i = 0; i < 20; i++) {
                profile = after(profile, item, -0.1, NOW);
            }
            assertTrue(score(profile, item) > 0.6, "above the average item");
        }
    }

    @Test
    void beingPassedOverSaysAFractionOfBeingTurnedDownHoweverOften() {
        float[] item = random();
        Profile fan = after(after(Profile.empty(tracker.halfLives()), random(), 2, NOW), item, 1, NOW);
        Profile passed = fan;
        for (int i = 0; i < 1_000; i++) {
            Evidence skip = new Evidence(
                item, Evidence.Source.ITEM, -0.05, NOW, OptionalLong.empty(), null, "", Evidence.IMPRESSION, 0
            );
            passed = passed
                .plus(skip, new CatalogueCentre(flat.itemMean(), flat.textMean()), new TopicSettings(8, 0.35));
        }
        double liked = score(fan, item);
        double passedOver = score(passed, item);
        double turnedDown = score(after(fan, item, -2, NOW), item);
        assertTrue(liked > passedOver, liked + " > " + passedOver);
        assertTrue(passedOver > turnedDown + 0.1, "less than by one dislike");
        assertTrue(passedOver > 0.6, "and still well liked");
    }

    @Test
    void whatWasOnlyEverTurnedDownIsLastAndTheRestIsNeutral() {
        float[] item = random();
        Profile profile = after(Profile.empty(tracker.halfLives()), item, -2, NOW);
        assertTrue(score(profile, item) < 0.2);
        assertEquals(0.5, score(profile, Vectors.scaled(item, -1)), 0);
        assertTrue(interests.dynamic(tracker, profile, NOW).isEmpty());
    }

    @Test
    void aFieldIsNotBuriedWithOneThingInIt() {
        float[] field = random();
        float[] disliked = near(field);
        Profile profile = Profile.empty(tracker.halfLives());
        for (int i = 0; i < 10; i++) {
            profile = after(profile, near(field), 1, NOW - i * DAY);
        }
        float[] sibling = near(field);
        double before = score(profile, sibling);
        Profile critic = after(profile, disliked, -2, NOW);
        assertTrue(score(critic, sibling) > 0.7);
        assertTrue(
            before - score(critic, sibling) < score(profile, disliked) - score(critic, disliked),
            "it falls by more than its field does"
        );
    }

    @Test
    void withoutRecentEvidenceTheLongTermSpeaksAloneAndConfidenceFades() {
        float[] old = random();
        Profile profile = after(Profile.empty(tracker.halfLives()), old, 1, NOW - 60 * DAY);
        assertEquals(0, interests.dynamic(tracker, profile, NOW).orElseThrow().alpha(), 1e-9);
        assertTrue(interests.dynamic(tracker, profile, NOW).orElseThrow().confidence() < 0.5);
        assertEquals(1, Vectors.cosine(old, interests.dynamic(tracker, profile, NOW).orElseThrow().direction()), 1e-6);
    }

    @Test
    void aSearchSeesWholeMinutesAndNeverLessThanTheLastEvent() {
        Profile profile = after(Profile.empty(tracker.halfLives()), random(), 1, NOW + 30_000);
        assertEquals(NOW + 30_000, InterestFunctions.searchTime(profile, NOW + 31_000));
        assertEquals(NOW + 60_000, InterestFunctions.searchTime(profile, NOW + 119_999));
    }
}
