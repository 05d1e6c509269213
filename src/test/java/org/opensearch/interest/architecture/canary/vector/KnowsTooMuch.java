package org.opensearch.interest.architecture.canary.vector;

import ai.onnxruntime.OrtEnvironment;
import org.opensearch.interest.architecture.canary.query.Upstairs;

/** Breaks the rules on purpose, so that a test can show that they hold. */
public class KnowsTooMuch {
    static int changes;

    Upstairs arrowUp;
    OrtEnvironment nativeGuest;
}
