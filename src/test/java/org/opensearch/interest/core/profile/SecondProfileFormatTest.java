package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A profile that was stored by version 2: four dimensions, one click, and all that was before on its way into another profile. */
class SecondProfileFormatTest {
    private static final String STORED =
        "AgAAAAAAAAABAAABklTTgAUAAAGSVNOABQAAAAAFJlwAAAAAAAAATiA/8AAACsSF0QAAAAAAAAAAAAAABD+AAAAAAAAAAAAAAAAAAAAAAAABNP2QAAAAAAAA"
        + "AAFNP/QoovnHVK4AAAAAAAAAAAAAAAQ/oUUYAAAAAAAAAAAAAAAAAAAAATT9kAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAEAAAAAAAAA"
        + "ATT9kAAAAAAAAAABTT/0KKL5x1SuAAAAAAAAAAAAAAAEP6FFGDwAAAAAAAAAAAAAAQAAAZJU04AFAQAEc2hvZQAAAZJU04AFP/AAAAAAAAAAAAAAAAAAAAAB"
        + "klTTgAAAAQAGdGFyZ2V0AAAAAAAAAGMAAAGwAgAAAAAAAAADAAABklTTfBgAAAGSVNOAAAAAAAAFJlwAAAAAAAAATh9AH//vLPNb9j////eWeJLrAAAABED/"
        + "/3k///+9AAAAAAAAAAAAAAABNP2QAAAAAAAAAAFNQBQoosxUx0k/9Cii4vEc3QAAAARAoUUWP6FFFwAAAAAAAAAAAAAAATT9kAAAAAAAAAABTUAEKKL5jXKL"
        + "AAAAAAAAAAAAAAAEAAAAAAAAAABAIUUYAAAAAAAAAAIAAAACAAAAAAAAAAE0/ZAAAAAAAAAAAU1AFCiizFTHSQAAAAAAAAAAAAAABEChRRY8AAAAAAAAAAAA"
        + "AAEAAAGSVNN8GAEABHNob2UAAAGSVNN8GEAQAAAAAAAAAgAHcnVubmluZ0CAAAAABHNob2VAgAAAAAAAAQAAAAE0/ZAAAAAAAAAAAU0AAAAAAAAAAD/0KKLi"
        + "8RzdAAAABD+hRRcAADwAAAAAAAAAAAEAAAGSVNN+DAACAAZjb2ZmZWU/gAAAAANtdWc/gAAAAAAAAQAAAAAAAAAHAQADdGVhAAAABD+AAAAAAAAAAAA8AAD/"
        + "/////////wAA";
    private static final HalfLives HALF_LIVES = new HalfLives(Histories.DAY, 60 * Histories.DAY);
    private static final long NOW = Histories.NOW;

    @Test
    void isStillRead() {
        Profile stored = ProfileFormat.read(Base64.getDecoder().decode(STORED));
        assertEquals(1, stored.events());
        assertEquals("shoe", stored.topics().list().get(0).item(NOW));

        Profile before = stored.standing().leaving().profile().under(HALF_LIVES);
        assertEquals(3, before.events());
        assertEquals(5, before.learned(NOW).mass(NOW), 1e-4);
        assertEquals(List.of(1, 1), before.topics().list().stream().map(Topic::events).toList());
        assertEquals(List.of("running", "shoe"), before.topics().label(before.topics().list().get(0), word -> 1));
        assertEquals(1, before.against().list().size());
        assertEquals(2, before.negative().mass(NOW), 1e-4);
        assertArrayEquals(new float[] { 0, 0, 2, 0 }, before.negative().valueAt(NOW), 1e-4f);
        assertEquals("tea", before.declared().list().get(0).text());
        assertEquals(1, before.ids().size());
    }

    @Test
    void isWrittenAnewAndGoesOn() {
        Profile stored = ProfileFormat.read(Base64.getDecoder().decode(STORED));
        Profile anew = ProfileFormat.read(ProfileFormat.write(stored));
        assertEquals(stored.longTerm(), anew.longTerm());
        Profile merged = MergeSteps.absorb(
            Profile.empty(HALF_LIVES),
            new ConsentState.Absorbed(1, 99),
            anew.standing().leaving().profile(),
            Histories.origin(4),
            Histories.RULES
        );
        assertEquals(3, merged.events());
        assertEquals(2, merged.negative().mass(NOW), 1e-4);
    }

    @Test
    void anotherVersionIsNotGuessedAt() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ProfileFormat.read(new byte[] { 9 }));
        assertEquals("a stored profile of version [9], but this node reads versions [2] to [3]", e.getMessage());
    }
}
