package org.opensearch.interest.store;

import org.junit.Test;
import org.opensearch.interest.profile.Centre;
import org.opensearch.interest.profile.Evidence;
import org.opensearch.interest.profile.HalfLives;
import org.opensearch.interest.profile.Profile;
import org.opensearch.interest.profile.TopicRules;

import java.util.OptionalLong;

import static org.junit.Assert.assertEquals;

/** What a profile weighs in the cache. */
public class StoredProfileTests {
    private static final int EVENTS = 3_000;

    private static long weight(boolean ids, String words) {
        Profile profile = StoredProfile.none(new HalfLives(1_000, 2_000)).profile();
        Centre centre = new Centre(new float[2], new float[2]);
        for (int i = 0; i < EVENTS; i++) {
            OptionalLong id = ids ? OptionalLong.of(i) : OptionalLong.empty();
            Evidence evidence = new Evidence(new float[] { 1, 0 }, Evidence.Source.ITEM, 1, i, id, null, words);
            profile = profile.plus(evidence, centre, new TopicRules(3, 0.5));
        }
        return new StoredProfile(profile, 1, 1).weight();
    }

    @Test
    public void idsOfEventsAndWordsOfTopicsAreCounted() {
        long bare = weight(false, "");
        assertEquals(8 * EVENTS, weight(true, "") - bare);
        assertEquals("two words of five letters", 2 * (100 + 2 * 5), weight(false, "mugsy shoes") - bare);
    }
}
