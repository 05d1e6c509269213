package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Evidence whose signal has its own half-life. */
class SumsByHalfLifeTest {
    private static final int DIMENSION = 24;
    private static final long WEEK = 7 * Histories.DAY;
    private static final HalfLives HALF_LIVES = new HalfLives(
        Histories.DAY, 60 * Histories.DAY, Map.of("view", WEEK, "search", WEEK, "purchase", 300 * Histories.DAY)
    );

    private static List<Evidence> history(Random random, int events) {
        List<String> types = List.of("view", "search", "purchase", "click");
        List<Evidence> history = new ArrayList<>();
        for (Evidence e : Histories.random(random, events, DIMENSION)) {
            String type = types.get(random.nextInt(types.size()));
            history.add(of(e.vector(), e.weight(), e.timestamp(), e.id(), type));
        }
        return history;
    }

    private static Evidence of(float[] vector, double weight, long time, OptionalLong id, String type) {
        return new Evidence(vector, Evidence.Source.ITEM, weight, time, id, null, "", type, HALF_LIVES.of(type));
    }

    @Test
    void lastingInterestIsWhatTheDefinitionSaysInAnyOrder() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            List<Evidence> history = history(random, 400);
            long later = Histories.NOW + 90 * Histories.DAY;
            double[] expected = new double[DIMENSION];
            double mass = 0;
            for (Evidence e : history) {
                double counts = e.weight() < 0 ? 0
                    : e.weight() * Math.pow(2, -(double) (later - e.timestamp()) / e.halfLife());
                mass += counts;
                for (int i = 0; i < DIMENSION; i++) {
                    expected[i] += counts * e.vector()[i];
                }
            }
            for (int order = 0; order < 3; order++) {
                Profile profile = Histories.replay(HALF_LIVES, history);
                assertEquals(2, profile.sumsByHalfLife().size());
                assertEquals(1, profile.learned(later).mass(later) / mass, 1e-9);
                assertTrue(Histories.cosine(profile.learned(later).sum(), expected) > 0.999999);
                Profile stored = ProfileFormat.read(ProfileFormat.write(profile));
                assertEquals(profile.sumsByHalfLife(), stored.sumsByHalfLife());
                Collections.shuffle(history, random);
            }
        }
    }

    @Test
    void aTopicFadesAsItsEvidenceDoes() {
        Random random = new Random(3);
        float[] viewed = Histories.unit(random, DIMENSION);
        float[] bought = Histories.unit(random, DIMENSION);
        Profile profile = Profile.empty(HALF_LIVES);
        profile = Histories.plus(profile, of(viewed, 1, Histories.NOW, OptionalLong.empty(), "view"));
        profile = Histories.plus(profile, of(bought, 1, Histories.NOW, OptionalLong.empty(), "purchase"));
        assertEquals(
            List.of(WEEK, 300 * Histories.DAY),
            profile.topics().list().stream().map(topic -> topic.sum().halfLife()).toList()
        );
        profile = Histories.plus(profile, of(viewed, 1, Histories.NOW, OptionalLong.empty(), "click"));
        // the mean of the rates 1/7 and 1/60
        assertEquals(
            2 / (1.0 / WEEK + 1.0 / (60 * Histories.DAY)), (double) profile.topics().list().get(0).sum().halfLife(), 1
        );
        assertEquals(2, profile.topics().list().get(0).sum().mass(Histories.NOW), 1e-9);
    }

    @Test
    void whatArrivesLateHasFadedByItsOwnHalfLife() {
        float[] liked = Histories.unit(new Random(9), DIMENSION);
        Evidence clicked = of(liked, 1, Histories.NOW - 50 * Histories.DAY, OptionalLong.empty(), "click");
        Evidence viewed = of(liked, 0.25, Histories.NOW - WEEK, OptionalLong.empty(), "view");
        Topic inOrder = Histories.replay(HALF_LIVES, List.of(clicked, viewed)).topics().list().get(0);
        Topic late = Histories.replay(HALF_LIVES, List.of(viewed, clicked)).topics().list().get(0);
        assertEquals(inOrder.sum().halfLife(), late.sum().halfLife());
        assertEquals(Math.pow(2, -43 / 60.0) + 0.25, late.sum().mass(Histories.NOW - WEEK), 1e-9);
        assertEquals(inOrder.sum().mass(Histories.NOW), late.sum().mass(Histories.NOW), 1e-9);
    }

    @Test
    void reasonsOfDifferentPaceAddUpToTheirTopic() {
        float[] liked = Histories.unit(new Random(9), DIMENSION);
        List<Evidence> history = List.of(
            of(liked, 1, Histories.NOW - 50 * Histories.DAY, OptionalLong.empty(), "click"),
            of(liked, 0.25, Histories.NOW - WEEK, OptionalLong.empty(), "view"),
            of(liked, 2, Histories.NOW - 500 * Histories.DAY, OptionalLong.empty(), "purchase")
        );
        HalfLives slower = new HalfLives(Histories.DAY, 120 * Histories.DAY, Map.of("view", WEEK));
        for (List<Evidence> order : List.of(history, history.reversed())) {
            Profile profile = Histories.replay(HALF_LIVES, order);
            for (Profile each : List
                .of(profile, profile.under(slower), ProfileFormat.read(ProfileFormat.write(profile)))) {
                Topic topic = each.topics().list().get(0);
                List<TopicEvidence> reasons = topic.reasons().heaviest(Histories.NOW, topic.sum().halfLife());
                double mass = topic.sum().mass(Histories.NOW);
                assertEquals(3, reasons.size());
                assertEquals(
                    mass, reasons.stream().mapToDouble(one -> one.weight(Histories.NOW, topic.sum().halfLife())).sum(),
                    1e-6 * mass
                );
                assertEquals("view", reasons.get(2).type());
            }
        }
    }

    @Test
    void aHalfLifeThatIsNoLongerThereGoesOnByTheNearest() {
        Profile before = Histories.replay(HALF_LIVES, history(new Random(5), 200));
        assertSame(before, before.under(HALF_LIVES));
        Profile after = before
            .under(new HalfLives(Histories.DAY, 90 * Histories.DAY, Map.of("view", 14 * Histories.DAY)));
        long last = before.lastEvent();
        assertEquals(List.of(14 * Histories.DAY), after.sumsByHalfLife().stream().map(DecayedSum::halfLife).toList());
        assertEquals(before.sumsByHalfLife().get(0).mass(last), after.sumsByHalfLife().get(0).mass(last), 1e-9);
        assertEquals(before.learned(last).mass(last), after.learned(last).mass(last), 1e-6);
        assertTrue(Vectors.cosine(before.learned(last).sum(), after.learned(last).sum()) > 0.999999);
    }

    @Test
    void twoProfilesOfManyPacesBecomeOneExactly() {
        List<Evidence> one = history(new Random(6), 100);
        List<Evidence> other = history(new Random(7), 100).stream()
            .map(e -> of(e.vector(), e.weight(), e.timestamp(), OptionalLong.empty(), e.type()))
            .toList();
        List<Evidence> both = new ArrayList<>(one);
        both.addAll(other);
        Profile joined = Histories.replay(HALF_LIVES, one)
            .plus(Histories.replay(HALF_LIVES, other), Histories.origin(DIMENSION), Histories.RULES);
        Profile expected = Histories.replay(HALF_LIVES, both);
        assertEquals(
            1, joined.learned(Histories.NOW).mass(Histories.NOW) / expected.learned(Histories.NOW).mass(Histories.NOW),
            1e-9
        );
        assertTrue(
            Vectors.cosine(joined.learned(Histories.NOW).sum(), expected.learned(Histories.NOW).sum()) > 0.999999
        );
    }

    @Test
    void whatWasPassedOverIsKeptApartAndSoonForgotten() {
        Random random = new Random(8);
        Profile profile = Histories.plus(
            Profile.empty(HALF_LIVES),
            of(Histories.unit(random, DIMENSION), -2, Histories.NOW, OptionalLong.empty(), "dislike")
        );
        Topics against = profile.against();
        for (int i = 0; i < 1_000; i++) {
            profile = Histories.plus(
                profile,
                of(Histories.unit(random, DIMENSION), -0.05, Histories.NOW, OptionalLong.empty(), Evidence.IMPRESSION)
            );
        }
        assertEquals(1_001, profile.events());
        assertEquals(against, profile.against(), "nothing that was turned down is touched");
        assertEquals(0, profile.learned(Histories.NOW).mass(Histories.NOW), 0);
        assertEquals(50, profile.skipped().mass(Histories.NOW), 1e-9);
        assertEquals(25, profile.skipped().mass(Histories.NOW + HALF_LIVES.shortTerm()), 1e-9);
    }
}
