package org.opensearch.interest.architecture.canary.core.vector;

import ai.onnxruntime.OrtEnvironment;
import org.opensearch.interest.architecture.canary.search.query.Upstairs;

/** Breaks the rules on purpose, so that a test can show that they hold. */
public class KnowsTooMuch {
    static int changes;

    /** Goes on for longer than anybody wants to read without moving their head, or scrolling to the side, only to find that nothing more is to come of it. */
    Upstairs arrowUp;
    OrtEnvironment nativeGuest;
}
