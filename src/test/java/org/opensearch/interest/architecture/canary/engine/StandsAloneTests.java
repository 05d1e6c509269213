package org.opensearch.interest.architecture.canary.engine;

import org.junit.Assert;
import org.junit.Test;

/** Breaks the rules on purpose: the old library and the framework's ending, without the framework. Abstract, so that it never runs. */
abstract class StandsAloneTests {
    @Test
    @SuppressWarnings("SelfAssertion") // what it compares does not matter
    public void compares() {
        Assert.assertEquals(1, 1);
    }
}
