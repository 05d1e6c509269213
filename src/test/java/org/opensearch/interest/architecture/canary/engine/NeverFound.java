package org.opensearch.interest.architecture.canary.engine;

import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.jupiter.api.Test;

/** Breaks the rules on purpose: tests under a name that surefire does not look for. */
class NeverFound extends LuceneTestCase {
    @Test
    void runsNowhere() {}
}
