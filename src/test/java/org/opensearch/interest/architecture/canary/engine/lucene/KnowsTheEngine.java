package org.opensearch.interest.architecture.canary.engine.lucene;

import org.opensearch.common.settings.Settings;

/** Breaks the rules on purpose. */
public class KnowsTheEngine {
    Settings settings;
}
