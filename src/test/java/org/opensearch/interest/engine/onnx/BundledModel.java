package org.opensearch.interest.engine.onnx;

import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Pooling;

import java.nio.file.Path;
import java.util.Optional;

/** The bundled model, for tests that need a real model without a node. */
public final class BundledModel {
    public static final String ID = "all-minilm-l6-v2";
    public static final ModelSpec SPEC = new ModelSpec(
        ID, 384, Pooling.MEAN, true, 256, "", "", Optional.of("last_hidden_state"), false
    );

    private BundledModel() {}

    /** The exploded plugin in the layout of the build. */
    public static Path pluginFolder() {
        return Path.of(System.getProperty("interest.plugin.folder", "target/plugin"));
    }

    public static ModelFolder folder(ModelSpec spec) {
        Path folder = pluginFolder().resolve("models").resolve(ID);
        return new ModelFolder(spec, folder.resolve("model.onnx"), folder.resolve("tokenizer.json"));
    }

    /** Loads the model; the caller closes it. */
    public static Encoder load() {
        return loader().load(folder(SPEC));
    }

    static OnnxLoader loader() {
        return new OnnxLoader(pluginFolder().resolve("native"));
    }
}
