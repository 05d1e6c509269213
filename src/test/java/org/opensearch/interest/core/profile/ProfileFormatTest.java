package org.opensearch.interest.core.profile;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ProfileFormatTest {
    @Test
    void anotherVersionIsNotGuessedAt() {
        IllegalArgumentException e = assertThrows(
            IllegalArgumentException.class, () -> ProfileFormat.read(new byte[]{ 9 })
        );
        assertEquals("a stored profile of version [9], but this node reads version [3]", e.getMessage());
    }
}
