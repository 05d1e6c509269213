package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TopicsTest {
    private static final int DIMENSION = 256;
    private static final HalfLives HALF_LIVES = new HalfLives(Histories.DAY, 90 * Histories.DAY);

    /** Events around a few unrelated directions. */
    private static List<Evidence> interests(Random random, int interests, int eventsEach) {
        List<Evidence> events = new ArrayList<>();
        for (int interest = 0; interest < interests; interest++) {
            float[] middle = Histories.unit(random, DIMENSION);
            for (int i = 0; i < eventsEach; i++) {
                float[] vector = Vectors.unit(Vectors.plusScaled(middle, 0.6, Histories.unit(random, DIMENSION)));
                String item = "interest" + interest + "-" + i;
                long time = Histories.NOW - (long) (random.nextDouble() * 20 * Histories.DAY);
                events.add(
                    new Evidence(
                        vector, Evidence.Source.ITEM, 1, time, OptionalLong.empty(), item, "shared word" + interest
                    )
                );
            }
        }
        Collections.shuffle(events, random);
        return events;
    }

    @Test
    void thingsThatHaveNothingToDoWithEachOtherAreToldApart() {
        for (int seed = 0; seed < 20; seed++) {
            Profile profile = Histories.replay(HALF_LIVES, interests(new Random(seed), 4, 12));
            List<Topic> topics = profile.topics().list();
            assertEquals(4, topics.size(), "seed " + seed);
            for (Topic topic : topics) {
                assertEquals(12, topic.events());
                String label = profile.topics().label(topic, word -> 1).get(0);
                assertTrue(
                    topic.item(Histories.NOW).startsWith("interest" + label.substring("word".length())),
                    topic.item(Histories.NOW) + " " + label
                );
            }
        }
    }

    @Test
    void theirMassIsThatOfTheLongTermInterestUnlessOneWasGivenUp() {
        Profile profile = Histories.replay(HALF_LIVES, interests(new Random(1), 5, 20));
        double mass = profile.topics().list().stream().mapToDouble(topic -> topic.sum().mass(Histories.NOW)).sum();
        assertEquals(profile.longTerm().mass(Histories.NOW), mass, 1e-9);
    }

    @Test
    void thereAreNeverTooManyAndTheStrongOnesStay() {
        Random random = new Random(2);
        List<Evidence> events = interests(random, 3, 30);
        for (int i = 0; i < 300; i++) {
            events.add(
                new Evidence(
                    Histories.unit(random, DIMENSION), Evidence.Source.ITEM, 0.1, Histories.NOW, OptionalLong.empty()
                )
            );
        }
        Profile profile = Profile.empty(HALF_LIVES);
        for (Evidence event : events) {
            profile = Histories.plus(profile, event);
            assertTrue(profile.topics().list().size() <= Histories.RULES.max());
        }
        assertEquals(3, profile.topics().list().stream().filter(topic -> topic.events() >= 30).count());
    }

    @Test
    void theSameOrderGivesTheSameTopicsAndIdsAreNeverGivenTwice() {
        List<Evidence> events = interests(new Random(3), 12, 8);
        Profile one = Histories.replay(HALF_LIVES, events);
        assertEquals(one.topics(), Histories.replay(HALF_LIVES, events).topics());
        assertEquals(one.topics().list().size(), one.topics().list().stream().map(Topic::id).distinct().count());
        assertTrue(one.topics().list().stream().allMatch(topic -> topic.id() < one.topics().nextId()));
    }

    @Test
    void evidenceAgainstFoundsTopicsOfItsOwn() {
        Evidence dislike = new Evidence(
            Histories.unit(new Random(4), DIMENSION), Evidence.Source.ITEM, -2, Histories.NOW, OptionalLong.empty()
        );
        Profile profile = Histories.plus(Profile.empty(HALF_LIVES), dislike);
        assertEquals(List.of(), profile.topics().list());
        assertEquals(1, profile.against().list().size());
        assertEquals(2, profile.negative().mass(Histories.NOW), 1e-12);
    }

    @Test
    void whatWasTurnedDownIsNeverLostAndTheStrongestStayApart() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<float[]> strong = List.of(
                Histories.unit(random, DIMENSION), Histories.unit(random, DIMENSION), Histories.unit(random, DIMENSION)
            );
            Profile profile = Profile.empty(HALF_LIVES);
            for (int i = 0; i < 300; i++) {
                boolean trifle = i % 10 != 0;
                float[] vector = trifle ? Histories.unit(random, DIMENSION) : strong.get(i / 10 % 3);
                profile = Histories.plus(
                    profile,
                    new Evidence(vector, Evidence.Source.ITEM, trifle ? -0.01 : -2, Histories.NOW, OptionalLong.empty())
                );
                assertTrue(profile.against().list().size() <= TopicSettings.MOST_AGAINST);
            }
            assertEquals(30 * 2 + 270 * 0.01, profile.against().mass(Histories.NOW), 1e-9);
            for (float[] one : strong) {
                Profile known = profile;
                assertTrue(
                    known.against().list().stream().anyMatch(topic -> Vectors.cosine(one, topic.sum().sum()) > 0.95),
                    "seed " + seed
                );
            }
        }
    }

    @Test
    void aTopicKnowsWhatCarriesMostOfIt() {
        Random random = new Random(6);
        float[] middle = Histories.unit(random, DIMENSION);
        Profile profile = Profile.empty(HALF_LIVES);
        for (int i = 0; i < 30; i++) {
            String item = i % 3 == 0 ? "favourite" : "item" + i;
            Evidence e = new Evidence(
                middle, Evidence.Source.ITEM, item.equals("favourite") ? 2 : 1, Histories.NOW - (30 - i),
                OptionalLong.empty(), item, "", "click", 0
            );
            profile = Histories.plus(profile, e);
        }
        String said = "x".repeat(63) + "\uD83D\uDC5F and more";
        profile = Histories.plus(
            profile,
            new Evidence(middle, Evidence.Source.TEXT, 3, Histories.NOW, OptionalLong.empty(), null, said, "search", 0)
        );
        Topic topic = profile.topics().list().get(0);
        List<TopicEvidence> reasons = topic.reasons().heaviest(Histories.NOW, topic.sum().halfLife());
        assertEquals(TopicEvidenceList.KEPT, reasons.size());
        assertEquals("favourite", reasons.get(0).item());
        assertEquals(10, reasons.get(0).events());
        assertEquals(
            20.0 / (40 + 3),
            reasons.get(0).weight(Histories.NOW, topic.sum().halfLife()) / topic.sum().mass(Histories.NOW), 1e-6
        );
        assertEquals("x".repeat(63), reasons.get(1).text(), "cut before the pair, not within");
        assertEquals("favourite", topic.item(Histories.NOW));
    }

    @Test
    void theLastItemIsNotDroppedForTexts() {
        float[] middle = Histories.unit(new Random(7), DIMENSION);
        Profile profile = Histories.plus(
            Profile.empty(HALF_LIVES),
            new Evidence(middle, Evidence.Source.ITEM, 0.1, Histories.NOW, OptionalLong.empty(), "shoe", "")
        );
        for (int i = 0; i < 10; i++) {
            profile = Histories.plus(
                profile,
                new Evidence(middle, Evidence.Source.TEXT, 5, Histories.NOW, OptionalLong.empty(), null, "query " + i)
            );
        }
        assertEquals("shoe", profile.topics().list().get(0).item(Histories.NOW));
    }

    @Test
    void aTrendIsTheShareOfLateAgainstTheShareOfEver() {
        Random random = new Random(8);
        float[] old = Histories.unit(random, DIMENSION);
        float[] fresh = Histories.unit(random, DIMENSION);
        Profile profile = Profile.empty(HALF_LIVES);
        for (int i = 0; i < 10; i++) {
            profile = Histories.plus(
                profile,
                new Evidence(
                    old, Evidence.Source.ITEM, 1, Histories.NOW - (20 - i) * Histories.DAY, OptionalLong.empty()
                )
            );
        }
        for (int i = 0; i < 3; i++) {
            profile = Histories
                .plus(profile, new Evidence(fresh, Evidence.Source.ITEM, 1, Histories.NOW - i, OptionalLong.empty()));
        }
        assertEquals(List.of(InterestTrend.DOWN, InterestTrend.UP), trends(profile, Histories.NOW));
        assertEquals(
            List.of(InterestTrend.STEADY, InterestTrend.STEADY), trends(profile, Histories.NOW + 20 * Histories.DAY),
            "nothing recent tells"
        );
        Profile one = Histories.plus(
            Profile.empty(HALF_LIVES), new Evidence(old, Evidence.Source.ITEM, 1, Histories.NOW, OptionalLong.empty())
        );
        assertEquals(List.of(InterestTrend.STEADY), trends(one, Histories.NOW), "the only one there is");
    }

    private static List<InterestTrend> trends(Profile profile, long at) {
        return profile.topics()
            .list()
            .stream()
            .map(topic -> InterestTrend.of(topic, profile.topics(), at, HALF_LIVES.shortTerm()))
            .toList();
    }

    @Test
    void aWordThatTheWholeCatalogueUsesNamesNothing() {
        float[] middle = Histories.unit(new Random(9), DIMENSION);
        Profile profile = Histories.plus(
            Profile.empty(HALF_LIVES),
            new Evidence(middle, Evidence.Source.ITEM, 1, Histories.NOW, OptionalLong.empty(), "a", "acme trail runner")
        );
        Topic topic = profile.topics().list().get(0);
        assertEquals(
            List.of("runner", "trail", "acme"), profile.topics().label(topic, word -> word.equals("acme") ? 0.1 : 1)
        );
    }

    /** Events with words, item ids and types of usual length; each event id adds eight bytes. */
    @Test
    void aFullProfileFitsIntoTwelveKibibytes() {
        Random random = new Random(5);
        Profile profile = Profile.empty(HALF_LIVES);
        for (int i = 0; i < 400; i++) {
            float[] vector = Histories.unit(random, 384);
            String words = "w" + random.nextInt(1000) + "longerword another" + random.nextInt(50) + " third"
                + random.nextInt(50);
            double weight = i % 5 == 0 ? -1 : 1;
            profile = Histories.plus(
                profile,
                new Evidence(
                    vector, Evidence.Source.ITEM, weight, Histories.NOW + i, OptionalLong.empty(), "item-" + i, words,
                    "purchase", 0
                )
            );
        }
        assertEquals(8, profile.topics().list().size());
        assertEquals(TopicSettings.MOST_AGAINST, profile.against().list().size());
        int bytes = ProfileFormat.write(profile).length;
        assertTrue(bytes <= 12 * 1024, "[" + bytes + "] bytes");
    }
}
