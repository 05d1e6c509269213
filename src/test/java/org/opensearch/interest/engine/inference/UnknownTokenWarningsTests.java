package org.opensearch.interest.engine.inference;

import org.opensearch.interest.core.embedding.Embedding;
import org.opensearch.test.OpenSearchTestCase;

import java.util.List;

public class UnknownTokenWarningsTests extends OpenSearchTestCase {
    private static Embedding embedding(int tokens, int unknown) {
        return new Embedding(new float[]{ 1 }, tokens, false, unknown);
    }

    public void testMostOfATextIsHalfOfItsOwnTokens() {
        assertFalse(UnknownTokenWarnings.isMostlyUnknown(embedding(2, 0)));
        assertFalse(UnknownTokenWarnings.isMostlyUnknown(embedding(6, 1)));
        assertTrue(UnknownTokenWarnings.isMostlyUnknown(embedding(6, 2)));
        assertTrue(UnknownTokenWarnings.isMostlyUnknown(embedding(3, 1)));
    }

    public void testTheWarningSaysHowMany() {
        UnknownTokenWarnings.warn("m", List.of(embedding(6, 0)));
        UnknownTokenWarnings.warn("m", List.of(embedding(6, 0), embedding(6, 4), embedding(4, 2)));
        assertWarnings(
            "[interest] model [m] knows half at most of what [2] of [3] texts hold: "
                + "their vectors mean little; a model for their language is needed"
        );
    }
}
