package org.opensearch.interest.cluster.profiles;

import org.junit.jupiter.api.Test;
import org.opensearch.interest.cluster.profiles.PendingChanges.Key;
import org.opensearch.interest.cluster.profiles.ProfileCache.CachedProfile;
import org.opensearch.interest.cluster.store.StoredProfile;
import org.opensearch.interest.core.profile.CatalogueCentre;
import org.opensearch.interest.core.profile.EncodedProfile;
import org.opensearch.interest.core.profile.Evidence;
import org.opensearch.interest.core.profile.HalfLives;
import org.opensearch.interest.core.profile.Profile;
import org.opensearch.interest.core.profile.ProfileFormat;
import org.opensearch.interest.core.profile.TopicSettings;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tests which profiles are cached, and their estimated size. */
class ProfileCacheTest {
    private static final int EVENTS = 3_000;

    private static Profile profile(int events, boolean ids, String words, int dimension) {
        Profile profile = Profile.empty(new HalfLives(1_000, 2_000));
        CatalogueCentre centre = new CatalogueCentre(new float[dimension], new float[dimension]);
        float[] vector = new float[dimension];
        vector[0] = 1;
        for (int i = 0; i < events; i++) {
            OptionalLong id = ids ? OptionalLong.of(i) : OptionalLong.empty();
            Evidence evidence = new Evidence(vector, Evidence.Source.ITEM, 1, i, id, null, words);
            profile = profile.plus(evidence, centre, new TopicSettings(3, 0.5));
        }
        return profile;
    }

    private static long weight(Profile profile) {
        return ProfileCache.weight(profile, ProfileFormat.write(profile, null));
    }

    private static long weight(boolean ids, String words) {
        return weight(profile(EVENTS, ids, words, 2));
    }

    @Test
    void idsOfEventsAndWordsOfTopicsAreCounted() {
        long bare = weight(false, "");
        assertEquals(2 * 8 * EVENTS, weight(true, "") - bare, "an id in the profile, and in its bytes");
        long words = weight(false, "mugsy shoes") - bare;
        assertEquals(
            2 * (100 + 2 * (2 + 5 + 4)), words,
            "two words, each with its length, its letters and its count in the bytes"
        );
    }

    @Test
    void vectorsAreCounted() {
        // the short-term and the long-term sum, and a topic; the bytes hold two of them as floats and one in 12 bits
        long wider = weight(profile(1, false, "", 200)) - weight(profile(1, false, "", 100));
        assertEquals(100 * 4 * 3 + 100 * 4 * 2 + 100 * 3 / 2, wider);
    }

    @Test
    void whatWasForgottenIsNotRemembered() {
        ProfileCache hot = new ProfileCache();
        Key key = new Key("profiles", "ann");
        assertNull(hot.get(key));
        Profile profile = profile(1, false, "", 2);
        CachedProfile entry = new CachedProfile(new StoredProfile(profile, 1, 1), ProfileFormat.write(profile, null));
        hot.put(key, entry);
        assertSame(entry, hot.get(key));
        hot.forget(key);
        assertNull(hot.get(key));
    }

    @Test
    void theOldestMakeRoomForNewOnes() {
        Profile profile = profile(1, false, "", 2);
        byte[] large = new byte[(int) Math.min(Integer.MAX_VALUE / 4, Runtime.getRuntime().maxMemory() / 16 / 8)];
        ProfileCache hot = new ProfileCache();
        int entries = 8;
        for (int i = 0; i < entries; i++) {
            // the estimate is too large here: nothing of this size is on the heap more than once
            EncodedProfile written = new EncodedProfile(large, 2_000, List.of());
            hot.put(new Key("profiles", "user" + i), new CachedProfile(new StoredProfile(profile, i, 1), written));
        }
        assertNull(hot.get(new Key("profiles", "user0")), "each takes a quarter of the room");
        assertNotNull(hot.get(new Key("profiles", "user" + (entries - 1))));
        assertTrue(
            IntStream.range(0, entries).filter(i -> hot.get(new Key("profiles", "user" + i)) != null).count() <= 4
        );
    }
}
