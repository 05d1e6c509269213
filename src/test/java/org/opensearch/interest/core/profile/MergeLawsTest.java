package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.profile.ConsentState.Absorbed;
import org.opensearch.interest.core.vector.Vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Laws of merges: two merged profiles equal one profile of both histories, wherever the merge fails and is repeated.
 */
class MergeLawsTest {
    private static final int DIMENSION = 24;
    private static final HalfLives HALF_LIVES = new HalfLives(Histories.DAY / 4, 60 * Histories.DAY);
    private static final CatalogueCentre ORIGIN = Histories.origin(DIMENSION);
    private static final Absorbed TRANSFER = new Absorbed(7, 70);

    private static Profile replay(List<Evidence> history) {
        return Histories.replay(HALF_LIVES, history);
    }

    private static Profile stored(Profile profile) {
        return ProfileFormat.read(ProfileFormat.write(profile));
    }

    private static Profile absorb(Profile target, Absorbed transfer, Profile source) {
        return MergeSteps.absorb(target, transfer, source, ORIGIN, Histories.RULES);
    }

    /** A history with ids that no other seed's history has. */
    private static List<Evidence> history(long seed, int events) {
        List<Evidence> history = new ArrayList<>();
        for (Evidence e : Histories.random(new Random(seed), events, DIMENSION)) {
            OptionalLong id = OptionalLong.of(seed * 1_000_000 + e.id().getAsLong());
            history.add(new Evidence(e.vector(), e.source(), e.weight(), e.timestamp(), id));
        }
        return history;
    }

    private static void assertSame(Profile expected, Profile actual) {
        assertEquals(expected.events(), actual.events());
        assertEquals(expected.firstEvent(), actual.firstEvent());
        assertEquals(expected.lastEvent(), actual.lastEvent());
        assertSame(expected.shortTerm(), actual.shortTerm());
        assertSame(expected.longTerm(), actual.longTerm());
        assertSame(expected.negative(), actual.negative());
    }

    private static void assertSame(DecayedSum expected, DecayedSum actual) {
        if (expected.isEmpty() || actual.isEmpty()) {
            assertEquals(expected, actual);
            return;
        }
        assertTrue(Vectors.cosine(expected.sum(), actual.sum()) >= 0.999999);
        assertEquals(1, expected.mass(Histories.NOW) / actual.mass(Histories.NOW), 1e-9);
    }

    @Test
    void mergingIsReplayingBothHistoriesAndDoesNotDependOnWhoJoinsWhom() {
        for (int seed = 0; seed < 20; seed++) {
            List<Evidence> ofOne = history(seed, 300);
            List<Evidence> ofOther = history(seed + 100, 5 + 20 * seed);
            List<Evidence> both = new ArrayList<>(ofOne);
            both.addAll(ofOther);
            Profile one = stored(replay(ofOne));
            Profile other = stored(replay(ofOther));
            Profile merged = stored(absorb(one, TRANSFER, other));
            assertSame(replay(both), merged);
            assertSame(merged, absorb(other, TRANSFER, one));
            for (Evidence e : both) {
                assertTrue(merged.knows(e), "every id is remembered");
            }
        }
    }

    @Test
    void whateverIsRepeatedOrComesBetweenNothingIsLostOrDoubled() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Profile source = replay(history(seed, 10));
            Profile target = replay(history(seed + 1_000, 10));
            List<Evidence> all = new ArrayList<>(history(seed, 10));
            all.addAll(history(seed + 1_000, 10));
            source = MergeSteps.leave(source, "target", seed);
            Profile empty = source;
            Absorbed transfer = new Absorbed(7, seed);
            // each of the three steps may be repeated any number of times, but the last one only follows after the
            // second
            // was done once
            boolean absorbed = false;
            for (int step = 0; step < 20; step++) {
                switch (random.nextInt(4)) {
                    case 0 -> source = MergeSteps.leave(source, "target", seed + 5_000);
                    case 1 -> {
                        if (source.consent().leaving() != null) {
                            target = stored(absorb(target, transfer, source.consent().leaving().profile()));
                            absorbed = true;
                        }
                    }
                    case 2 -> target = absorbed ? stored(absorb(target, transfer, empty.consent().leaving().profile()))
                        : target;
                    default ->
                        source = absorbed && source.consent().leaving() != null ? MergeSteps.left(source, seed + 1)
                            : source;
                }
            }
            if (absorbed == false) {
                target = absorb(target, transfer, source.consent().leaving().profile());
            }
            source = MergeSteps.left(source, seed);
            assertSame(replay(all), target);
            assertTrue(source.isUnknown());
            assertNull(source.consent().leaving());
        }
    }

    @Test
    void whatComesAfterLeavingIsTheSourcesAndWhatIsOlderIsRefused() {
        List<Evidence> history = history(1, 10);
        Profile source = MergeSteps.leave(replay(history).optedOut(false), "target", 70);
        long last = replay(history).lastEvent();
        assertTrue(source.refuses(at(last)));
        assertFalse(source.refuses(at(last + 1)));
        Profile again = stored(Histories.plus(source, at(last + 1)));
        assertEquals(1, again.events());
        assertEquals(10, again.consent().leaving().profile().events());
        assertEquals("target", again.consent().leaving().target());
        Profile afterwards = MergeSteps.left(again, 70);
        assertEquals(1, afterwards.events());
        assertNull(afterwards.consent().leaving());
    }

    private static Evidence at(long timestamp) {
        return new Evidence(
            Histories.unit(new Random(timestamp), DIMENSION), Evidence.Source.ITEM, 1, timestamp, OptionalLong.empty()
        );
    }

    @Test
    void anOptOutOfEitherWinsAndThenNoEvidenceMoves() {
        Profile tracked = replay(history(1, 10));
        DeclaredInterests tea = new DeclaredInterests(
            List.of(new DeclaredInterests.Interest("tea", Histories.unit(new Random(1), DIMENSION)))
        );
        Profile out = replay(history(2, 10)).optedOut(true).declaring(tea);
        for (Profile merged : List.of(absorb(tracked, TRANSFER, out), absorb(out, TRANSFER, tracked))) {
            assertTrue(merged.consent().optOut());
            assertEquals(10, merged.events());
            assertEquals(tea, merged.declared(), "what a person says of themselves is no tracking");
        }
        assertTrue(MergeSteps.leave(out, "target", 1).consent().optOut(), "an opt-out stays");
    }

    @Test
    void whatAPersonHadForgottenDoesNotComeBackThroughAMerge() {
        Profile source = replay(history(1, 10));
        Profile forgotten = replay(history(2, 10)).forgotten(source.lastEvent());
        assertEquals(0, absorb(forgotten, TRANSFER, source).events());
        Profile later = Histories.plus(source, at(forgotten.consent().deletedUntil() + 1));
        assertEquals(11, absorb(forgotten, TRANSFER, later).events());
    }

    @Test
    void topicsJoinByTheRulesAndKeepTheirMass() {
        Random random = new Random(4);
        float[] shared = Histories.unit(random, DIMENSION);
        Profile one = Profile.empty(HALF_LIVES);
        Profile other = Profile.empty(HALF_LIVES);
        for (int i = 0; i < 10; i++) {
            Evidence same = new Evidence(shared, Evidence.Source.ITEM, 1, Histories.NOW, OptionalLong.empty());
            one = Histories.plus(one, same);
            other = Histories.plus(other, same);
        }
        other = Histories.plus(
            other,
            new Evidence(Vectors.scaled(shared, -1), Evidence.Source.ITEM, 1, Histories.NOW, OptionalLong.empty())
        );
        Profile merged = absorb(one, TRANSFER, other);
        assertEquals(List.of(20, 1), merged.topics().list().stream().map(Topic::events).toList());
        assertEquals(
            21, merged.topics().list().stream().mapToDouble(topic -> topic.sum().mass(Histories.NOW)).sum(), 1e-9
        );
        for (int seed = 0; seed < 20; seed++) {
            Topics many = absorb(replay(history(seed, 100)), TRANSFER, replay(history(seed + 50, 100))).topics();
            assertTrue(many.list().size() <= Histories.RULES.max());
            assertEquals(
                many.list().size(), many.list().stream().map(Topic::id).distinct().count(), "ids are given once"
            );
            assertTrue(many.list().stream().allMatch(topic -> topic.id() < many.nextId()));
        }
    }

    @Test
    void idsAreTheLatestOfEachWhereThereAreTooMany() {
        EventIds few = EventIds.none();
        EventIds many = EventIds.none();
        for (int i = 0; i < EventIds.MEMORY; i++) {
            few = i < 100 ? few.plus(i) : few;
            many = many.plus(1_000_000 + i);
        }
        assertEquals(few, few.plus(few));
        EventIds all = few.plus(many);
        assertEquals(EventIds.MEMORY, all.size());
        assertTrue(
            all.contains(0) && all.contains(99) && all.contains(1_000_100)
                && all.contains(1_000_000 + EventIds.MEMORY - 1)
        );
        assertFalse(all.contains(1_000_099));
        EventIds halves = many.plus(negated(many));
        assertTrue(
            halves.contains(1_000_000 + EventIds.MEMORY / 2) && halves.contains(-1_000_000 - EventIds.MEMORY / 2)
        );
        assertFalse(
            halves.contains(1_000_000 + EventIds.MEMORY / 2 - 1)
                || halves.contains(-1_000_000 - EventIds.MEMORY / 2 + 1)
        );
    }

    private static EventIds negated(EventIds ids) {
        EventIds negated = EventIds.none();
        for (long id : ids.fingerprints()) {
            negated = negated.plus(-id);
        }
        return negated;
    }

    @Test
    void profilesOfTwoDimensionsDoNotMerge() {
        Evidence shorter = new Evidence(
            Histories.unit(new Random(2), 3), Evidence.Source.ITEM, 1, Histories.NOW, OptionalLong.empty()
        );
        Profile other = Histories.plus(Profile.empty(HALF_LIVES), shorter);
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> absorb(replay(history(1, 3)), TRANSFER, other)
        );
        assertEquals("a profile of [3] dimensions for a profile of [24]", e.getMessage());
    }

    @Test
    void onlyTheLatestAbsorbedAreRemembered() {
        Profile target = Profile.empty(HALF_LIVES);
        for (int i = 0; i <= ConsentState.REMEMBERED; i++) {
            target = absorb(target, new Absorbed(i, i), replay(history(i, 1)));
        }
        assertFalse(target.consent().absorbed(0));
        assertTrue(target.consent().absorbed(1) && stored(target).consent().absorbed(ConsentState.REMEMBERED));
        assertEquals(ConsentState.REMEMBERED + 1, target.events());
    }
}
