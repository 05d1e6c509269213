package org.opensearch.interest.architecture.canary.engine;

import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.jupiter.api.Test;

/** Breaks the rules on purpose: the framework, with the ending and the annotation of a test without it. Abstract, so that it never runs. */
abstract class ExtendsTheFrameworkTest extends LuceneTestCase {
    @Test
    void runsOnTheWrongEngine() {}
}
