package org.opensearch.interest.core.profile;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class ProfileFormatTest {
    @Test
    public void anotherVersionIsNotGuessedAt() {
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> ProfileFormat.read(new byte[]{ 9 })
        );
        assertEquals("a stored profile of version [9], but this node reads version [3]", e.getMessage());
    }
}
