package org.opensearch.interest.profile;

import org.junit.Test;
import org.opensearch.interest.vector.Vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class TopicsTest {
    private static final int DIMENSION = 256;
    private static final HalfLives HALF_LIVES = new HalfLives(Histories.DAY, 90 * Histories.DAY);

    /** Events around a few directions that have nothing to do with each other. */
    private static List<Evidence> interests(Random random, int interests, int eventsEach) {
        List<Evidence> events = new ArrayList<>();
        for (int interest = 0; interest < interests; interest++) {
            float[] middle = Histories.unit(random, DIMENSION);
            for (int i = 0; i < eventsEach; i++) {
                float[] vector = Vectors.unit(Vectors.plusScaled(middle, 0.6, Histories.unit(random, DIMENSION)));
                String item = "interest" + interest + "-" + i;
                long time = Histories.NOW - (long) (random.nextDouble() * 20 * Histories.DAY);
                events.add(new Evidence(vector, Evidence.Source.ITEM, 1, time, OptionalLong.empty(), item, "shared word" + interest));
            }
        }
        Collections.shuffle(events, random);
        return events;
    }

    @Test
    public void thingsThatHaveNothingToDoWithEachOtherAreToldApart() {
        for (int seed = 0; seed < 20; seed++) {
            Profile profile = Histories.replay(HALF_LIVES, interests(new Random(seed), 4, 12));
            List<Topic> topics = profile.topics().list();
            assertEquals("seed " + seed, 4, topics.size());
            for (Topic topic : topics) {
                assertEquals(12, topic.events());
                String label = profile.topics().label(topic).get(0);
                assertTrue(topic.item() + " " + label, topic.item().startsWith("interest" + label.substring("word".length())));
            }
        }
    }

    @Test
    public void theirMassIsThatOfTheLongTermInterestUnlessOneWasGivenUp() {
        Profile profile = Histories.replay(HALF_LIVES, interests(new Random(1), 5, 20));
        double mass = profile.topics().list().stream().mapToDouble(topic -> topic.sum().mass(Histories.NOW)).sum();
        assertEquals(profile.longTerm().mass(Histories.NOW), mass, 1e-9);
    }

    @Test
    public void thereAreNeverTooManyAndTheStrongOnesStay() {
        Random random = new Random(2);
        List<Evidence> events = interests(random, 3, 30);
        for (int i = 0; i < 300; i++) {
            events.add(new Evidence(Histories.unit(random, DIMENSION), Evidence.Source.ITEM, 0.1, Histories.NOW, OptionalLong.empty()));
        }
        Profile profile = Profile.empty(HALF_LIVES);
        for (Evidence event : events) {
            profile = Histories.plus(profile, event);
            assertTrue(profile.topics().list().size() <= Histories.RULES.max());
        }
        assertEquals(3, profile.topics().list().stream().filter(topic -> topic.events() >= 30).count());
    }

    @Test
    public void theSameOrderGivesTheSameTopicsAndIdsAreNeverGivenTwice() {
        List<Evidence> events = interests(new Random(3), 12, 8);
        Profile one = Histories.replay(HALF_LIVES, events);
        assertEquals(one.topics(), Histories.replay(HALF_LIVES, events).topics());
        assertEquals(one.topics().list().size(), one.topics().list().stream().map(Topic::id).distinct().count());
        assertTrue(one.topics().list().stream().allMatch(topic -> topic.id() < one.topics().nextId()));
    }

    @Test
    public void evidenceAgainstFoundsNoTopic() {
        Evidence dislike = new Evidence(Histories.unit(new Random(4), DIMENSION), Evidence.Source.ITEM, -2, Histories.NOW, OptionalLong.empty());
        assertEquals(List.of(), Histories.plus(Profile.empty(HALF_LIVES), dislike).topics().list());
    }

    @Test
    public void aTypicalProfileWithEightTopicsFitsIntoTwelveKibibytes() {
        Random random = new Random(5);
        Profile profile = Profile.empty(HALF_LIVES);
        for (int i = 0; i < 200; i++) {
            float[] vector = Histories.unit(random, 384);
            String words = "w" + random.nextInt(1000) + "longerword another" + random.nextInt(50);
            double weight = i % 10 == 0 ? -1 : 1;
            profile = Histories.plus(profile, new Evidence(vector, Evidence.Source.ITEM, weight, Histories.NOW + i, OptionalLong.empty(), "item-" + i, words));
        }
        assertEquals(8, profile.topics().list().size());
        int bytes = ProfileFormat.write(profile).length;
        assertTrue("[" + bytes + "] bytes", bytes <= 12 * 1024 - 256);
    }
}
