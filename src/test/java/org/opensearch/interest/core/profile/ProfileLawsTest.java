package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Laws of profiles, checked on random histories from seeds. */
class ProfileLawsTest {
    private static final int DIMENSION = 24;
    private static final HalfLives HALF_LIVES = new HalfLives(Histories.DAY / 4, 60 * Histories.DAY);

    @Test
    void sumsAreWhatTheDefinitionSays() {
        for (int seed = 0; seed < 20; seed++) {
            List<Evidence> history = Histories.random(new Random(seed), 500, DIMENSION);
            Profile profile = Histories.replay(HALF_LIVES, history);
            assertSum(profile.shortTerm(), history, HALF_LIVES.shortTerm(), false);
            assertSum(profile.longTerm(), history, HALF_LIVES.longTerm(), false);
            assertSum(profile.negative(), history, HALF_LIVES.longTerm(), true);
        }
    }

    private static void assertSum(DecayedSum sum, List<Evidence> history, long halfLife, boolean negative) {
        double[] expected = Histories.decayedSum(history, DIMENSION, halfLife, Histories.NOW, negative);
        assertTrue(Histories.cosine(sum.sum(), expected) > 0.999999);
        double mass = history.stream()
            .filter(e -> e.weight() < 0 == negative)
            .mapToDouble(e -> Math.abs(e.weight()) * Math.pow(2, -(double) (Histories.NOW - e.timestamp()) / halfLife))
            .sum();
        assertEquals(1, sum.mass(Histories.NOW) / mass, 1e-9);
    }

    @Test
    void orderBatchingAndRepeatsChangeNothing() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Evidence> history = Histories.random(random, 400, DIMENSION);
            Profile inOrder = Histories.replay(HALF_LIVES, history);
            List<Evidence> shuffled = new ArrayList<>(history);
            shuffled.addAll(history.subList(0, 150));
            Collections.shuffle(shuffled, random);
            Profile other = Histories.replay(HALF_LIVES, shuffled);
            assertEquals(inOrder.events(), other.events());
            assertEquals(inOrder.firstEvent(), other.firstEvent());
            assertEquals(inOrder.lastEvent(), other.lastEvent());
            assertTrue(cosine(inOrder.shortTerm(), other.shortTerm()) > 0.999999);
            assertTrue(cosine(inOrder.longTerm(), other.longTerm()) > 0.999999);
            assertTrue(cosine(inOrder.negative(), other.negative()) > 0.999999);
        }
    }

    @Test
    void tenThousandEventsThroughTheStoredFormStayExact() {
        List<Evidence> history = Histories.random(new Random(7), 10_000, DIMENSION);
        Profile profile = Profile.empty(HALF_LIVES);
        for (Evidence evidence : history) {
            profile = ProfileFormat.read(ProfileFormat.write(Histories.plus(profile, evidence)));
        }
        assertEquals(10_000, profile.events());
        assertSum(profile.shortTerm(), history, HALF_LIVES.shortTerm(), false);
        assertSum(profile.longTerm(), history, HALF_LIVES.longTerm(), false);
    }

    @Test
    void storingAndReadingChangesNothing() {
        Profile profile = Histories.replay(HALF_LIVES, Histories.random(new Random(3), 50, DIMENSION));
        Profile back = ProfileFormat.read(ProfileFormat.write(profile));
        assertEquals(profile.longTerm(), back.longTerm());
        assertEquals(profile.shortTerm(), back.shortTerm());
        assertEquals(profile.negative().mass(Histories.NOW), back.negative().mass(Histories.NOW), 1e-12);
        assertTrue(cosine(profile.negative(), back.negative()) > 0.99999);
        assertEquals(profile.ids(), back.ids());
        assertEquals(back, ProfileFormat.read(ProfileFormat.write(back)), "once packed, topics stay as they are");
        Profile empty = Profile.empty(HALF_LIVES);
        assertEquals(empty, ProfileFormat.read(ProfileFormat.write(empty)));
    }

    @Test
    void aLateEventCountsWhatItWouldHaveCounted() {
        Random random = new Random(11);
        List<Evidence> history = Histories.random(random, 30, DIMENSION);
        Evidence late = new Evidence(
            Histories.unit(random, DIMENSION), Evidence.Source.ITEM, 3, Histories.NOW - 700 * Histories.DAY,
            OptionalLong.empty()
        );
        List<Evidence> withLateFirst = new ArrayList<>(history);
        withLateFirst.add(0, late);
        Profile onTime = Histories.replay(HALF_LIVES, withLateFirst);
        Profile arrivedLast = Histories.plus(Histories.replay(HALF_LIVES, history), late);
        assertArrayEquals(onTime.longTerm().sum(), scaledTo(onTime.longTerm(), arrivedLast.longTerm()), 1e-3f);
        assertEquals(onTime.longTerm().mass(Histories.NOW), arrivedLast.longTerm().mass(Histories.NOW), 1e-9);
    }

    /** The second sum, moved to the first one's landmark. */
    private static float[] scaledTo(DecayedSum like, DecayedSum sum) {
        double factor = like.storedMass() / sum.storedMass();
        return Vectors.scaled(sum.sum(), factor);
    }

    @Test
    void decayComposes() {
        Profile profile = Histories.replay(HALF_LIVES, Histories.random(new Random(5), 40, DIMENSION));
        double now = profile.longTerm().mass(Histories.NOW);
        assertEquals(now / 2, profile.longTerm().mass(Histories.NOW + HALF_LIVES.longTerm()), 1e-12);
        assertEquals(now / 8, profile.longTerm().mass(Histories.NOW + 3 * HALF_LIVES.longTerm()), 1e-12);
    }

    @Test
    void anotherHalfLifeKeepsWhatIsBelievedNowAndFadesByItsOwn() {
        Profile before = Histories.replay(HALF_LIVES, Histories.random(new Random(9), 60, DIMENSION));
        HalfLives slower = new HalfLives(HALF_LIVES.shortTerm() * 3, HALF_LIVES.longTerm() * 7);
        Profile after = before.under(slower);
        long last = before.lastEvent();
        assertEquals(before.longTerm().mass(last), after.longTerm().mass(last), 1e-6 * before.longTerm().mass(last));
        assertTrue(cosine(before.longTerm(), after.longTerm()) > 0.999999);
        assertEquals(after.longTerm().mass(last) / 2, after.longTerm().mass(last + slower.longTerm()), 1e-9);
    }

    @Test
    void agesBeyondAllNumbersDoNoHarm() {
        Random random = new Random(1);
        float[] old = Histories.unit(random, DIMENSION);
        float[] recent = Histories.unit(random, DIMENSION);
        HalfLives minutes = new HalfLives(60_000, 60_000);
        Evidence first = new Evidence(old, Evidence.Source.ITEM, 1, 0, OptionalLong.empty());
        Evidence second = new Evidence(recent, Evidence.Source.ITEM, 1, Histories.NOW, OptionalLong.empty());
        for (List<Evidence> order : List.of(List.of(first, second), List.of(second, first))) {
            Profile profile = Histories.replay(minutes, order);
            assertEquals(1, profile.shortTerm().mass(Histories.NOW), 1e-12);
            assertArrayEquals(recent, Vectors.unit(profile.shortTerm().sum()), 1e-6f);
        }
    }

    @Test
    void idsAreRememberedAsFarAsPromised() {
        EventIds ids = EventIds.none();
        for (int i = 0; i < EventIds.MEMORY; i++) {
            ids = ids.plus(EventIds.fingerprint("event-" + i));
        }
        assertTrue(ids.contains(EventIds.fingerprint("event-0")));
        ids = ids.plus(EventIds.fingerprint("one more"));
        assertTrue(ids.contains(EventIds.fingerprint("event-1")));
        assertEquals(EventIds.MEMORY, ids.fingerprints().length);
    }

    @Test
    void manyEventsAtOnceAreFiniteAndBounded() {
        Random random = new Random(12);
        Profile profile = Profile.empty(HALF_LIVES);
        for (int i = 0; i < 100_000; i++) {
            double weight = random.nextInt(5) == 0 ? -2 : 1_000_000 * random.nextDouble();
            profile = Histories.plus(
                profile,
                new Evidence(
                    Histories.unit(random, 8), Evidence.Source.ITEM, weight, Histories.NOW + i / 100,
                    OptionalLong.of(i), "i" + i, "word" + i
                )
            );
        }
        assertEquals(100_000, profile.events());
        assertTrue(profile.topics().list().size() <= Histories.RULES.max());
        assertTrue(profile.against().list().size() <= TopicSettings.MOST_AGAINST);
        for (DecayedSum sum : List.of(profile.shortTerm(), profile.longTerm(), profile.negative())) {
            Vectors.requireFinite("sum", sum.sum());
            assertTrue(Double.isFinite(sum.mass(Histories.NOW + 1_000)));
        }
        assertTrue(ProfileFormat.write(profile).length < 8 * EventIds.MEMORY + 4_096);
    }

    @Test
    void clocksThatJumpDoNoHarm() {
        Random random = new Random(13);
        List<Evidence> history = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long time = Histories.NOW + List.of(0L, -365 * Histories.DAY, 5 * 60_000L).get(i % 3) + i;
            history.add(
                new Evidence(Histories.unit(random, DIMENSION), Evidence.Source.ITEM, 1, time, OptionalLong.of(i))
            );
        }
        Profile profile = Histories.replay(HALF_LIVES, history);
        assertSum(profile.longTerm(), history, HALF_LIVES.longTerm(), false);
        assertSum(profile.shortTerm(), history, HALF_LIVES.shortTerm(), false);
    }

    @Test
    void evidenceOfAnotherDimensionIsRefused() {
        Profile profile = Histories.replay(HALF_LIVES, Histories.random(new Random(2), 5, DIMENSION));
        Evidence shorter = new Evidence(
            Histories.unit(new Random(2), 3), Evidence.Source.ITEM, 1, Histories.NOW, OptionalLong.empty()
        );
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> Histories.plus(profile, shorter)
        );
        assertEquals("evidence of [3] dimensions for a profile of [24]", e.getMessage());
    }

    private static double cosine(DecayedSum a, DecayedSum b) {
        return Vectors.cosine(a.sum(), b.sum());
    }
}
