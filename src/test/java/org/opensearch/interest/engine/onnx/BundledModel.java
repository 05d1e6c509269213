package org.opensearch.interest.engine.onnx;

import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Pooling;

import java.nio.file.Path;
import java.util.Optional;

/** The bundled model, for tests that want the real thing without a node around it. */
public final class BundledModel {
    public static final String ID = "all-minilm-l6-v2";
    public static final ModelSpec SPEC = new ModelSpec(
        ID, 384, Pooling.MEAN, true, 256, "", "", Optional.of("last_hidden_state"), false
    );

    private BundledModel() {}

    /** The exploded plugin, as the build lays it out. */
    public static Path pluginFolder() {
        return Path.of(System.getProperty("interest.plugin.folder", "target/plugin"));
    }

    public static ModelFolder folder(ModelSpec spec) {
        Path folder = pluginFolder().resolve("models").resolve(ID);
        return new ModelFolder(spec, folder.resolve("model.onnx"), folder.resolve("tokenizer.json"));
    }

    /** The caller closes it. */
    public static Encoder load() {
        return loader().load(folder(SPEC));
    }

    static OnnxLoader loader() {
        return new OnnxLoader(pluginFolder().resolve("native"));
    }
}
