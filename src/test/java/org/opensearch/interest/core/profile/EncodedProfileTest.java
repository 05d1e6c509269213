package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.core.vector.Vectors;

import java.util.OptionalLong;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A write that copies bytes of an earlier write gives the same bytes as a new write. */
class EncodedProfileTest {
    private static final HalfLives HALF_LIVES = new HalfLives(Histories.DAY, 30 * Histories.DAY);
    private static final int DIMENSION = 12;

    @Test
    void theBytesAreThoseOfAWriteFromNothing() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Profile profile = Profile.empty(HALF_LIVES);
            EncodedProfile written = null;
            for (Evidence evidence : Histories.random(random, 60, DIMENSION)) {
                profile = change(random, Histories.plus(profile, evidence));
                // sometimes the earlier write is unknown
                written = ProfileFormat.write(profile, random.nextInt(8) == 0 ? null : written);
                assertArrayEquals(ProfileFormat.write(profile), written.bytes(), "seed " + seed);
            }
            assertTrue(profile.topics().list().size() > 2, "several topics, or nothing was taken over");
        }
    }

    private static Profile change(Random random, Profile profile) {
        return switch (random.nextInt(12)) {
            case 0 -> profile.under(
                new HalfLives((1 + random.nextInt(3)) * Histories.DAY, (10 + random.nextInt(30)) * Histories.DAY)
            );
            case 1 -> profile.without(OptionalLong.of(random.nextInt(60)));
            case 2 -> profile.optedOut(random.nextBoolean());
            case 3 -> ProfileFormat.read(ProfileFormat.write(profile));
            default -> profile;
        };
    }

    @Test
    void topicsThatWereNotTouchedAreTakenOver() {
        Random random = new Random(3);
        Profile before = Histories.replay(HALF_LIVES, Histories.random(random, 60, DIMENSION));
        EncodedProfile written = ProfileFormat.write(before, null);
        Topic touched = before.topics().list().get(0);
        Evidence more = new Evidence(
            Vectors.unit(touched.sum().sum()), Evidence.Source.ITEM, 1, Histories.NOW, OptionalLong.empty()
        );
        Profile after = Histories.plus(before, more);
        long same = after.topics().list().stream().filter(topic -> written.place(topic) != null).count();
        assertEquals(before.topics().list().size() - 1, same);
        assertNull(written.place(after.topics().list().get(0)));
        assertNotNull(ProfileFormat.write(after, written).place(after.topics().list().get(0)));
    }

    @Test
    void bytesToldRelativeToAnotherHalfLifeAreNotTakenOver() {
        Profile before = Histories.replay(HALF_LIVES, Histories.random(new Random(5), 20, DIMENSION));
        Profile same = before.optedOut(false);
        EncodedProfile damaged = new EncodedProfile(
            new byte[ProfileFormat.write(before).length], 1, ProfileFormat.write(before, null).places()
        );
        assertArrayEquals(ProfileFormat.write(same), ProfileFormat.write(same, damaged).bytes());
    }
}
