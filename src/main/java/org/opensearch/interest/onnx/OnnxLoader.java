package org.opensearch.interest.onnx;

import org.opensearch.interest.embedding.Encoder;
import org.opensearch.interest.embedding.EncoderLoader;
import org.opensearch.interest.embedding.ModelException;
import org.opensearch.interest.embedding.ModelException.Kind;
import org.opensearch.interest.embedding.ModelFolder;
import org.opensearch.interest.embedding.TextType;

import java.nio.file.Files;
import java.nio.file.Path;

/** Loads models that run on this machine's processor. Thread-safe; loads one at a time. */
public final class OnnxLoader implements EncoderLoader {
    private final Path natives;

    /** @param natives holds the native libraries, one folder a platform */
    public OnnxLoader(Path natives) {
        this.natives = natives;
    }

    @Override
    public Encoder load(ModelFolder folder) {
        requireFile(folder, folder.model());
        requireFile(folder, folder.tokenizer());
        NativeLibraries libraries = NativeLibraries.in(natives);
        TextTokenizer tokenizer = part(libraries, folder, folder.tokenizer(), () -> TextTokenizer.open(folder.tokenizer(), folder.spec().maxTokens()));
        ModelSession session;
        try {
            session = part(libraries, folder, folder.model(), () -> ModelSession.open(folder.model(), folder.spec()));
        } catch (ModelException e) {
            tokenizer.close();
            throw e;
        }
        OnnxEncoder encoder = new OnnxEncoder(folder.spec(), tokenizer, session);
        try {
            // What the file leaves open shows in a first run, which also takes what first runs cost away from the first user.
            encoder.encode("warm-up", TextType.PASSAGE);
            return encoder;
        } catch (ModelException e) {
            encoder.close();
            throw e;
        }
    }

    private interface Opening<T> {
        T open() throws Exception;
    }

    private static <T> T part(NativeLibraries libraries, ModelFolder folder, Path file, Opening<T> opening) {
        try {
            return libraries.load(opening::open);
        } catch (Throwable t) {
            // Loading native code throws errors (a missing symbol, a class that failed to initialise), and an error that
            // reaches a pool's thread ends the node.
            throw broken(folder, "[" + file.getFileName() + "] cannot be loaded: " + (t.getMessage() == null ? t : t.getMessage()), t);
        }
    }

    private static void requireFile(ModelFolder folder, Path file) {
        if (Files.isRegularFile(file) == false) {
            throw broken(folder, "the file [" + file + "] is missing", null);
        }
    }

    private static ModelException broken(ModelFolder folder, String reason, Throwable cause) {
        return new ModelException(Kind.BROKEN, "[interest] model [" + folder.spec().modelId() + "] cannot be used: " + reason, cause);
    }
}
