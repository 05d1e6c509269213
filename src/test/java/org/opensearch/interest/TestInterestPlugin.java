package org.opensearch.interest;

import org.opensearch.env.Environment;
import org.opensearch.interest.engine.onnx.BundledModel;

import java.nio.file.Path;

/**
 * The plugin for nodes of the test framework: nothing is installed there, so it lives in the folder that the build laid
 * out.
 */
public class TestInterestPlugin extends InterestPlugin {
    @Override
    protected Path folder(Environment environment) {
        return BundledModel.pluginFolder();
    }
}
