package org.opensearch.interest.onnx;

import org.opensearch.interest.embedding.Device;
import org.opensearch.interest.embedding.Encoder;
import org.opensearch.interest.embedding.EncoderLoader;
import org.opensearch.interest.embedding.ModelException;
import org.opensearch.interest.embedding.ModelException.Kind;
import org.opensearch.interest.embedding.ModelFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads models, each checked against its description and tried out before anybody may use it. Thread-safe; loads one at a time. */
public final class OnnxLoader implements EncoderLoader {
    private final Path natives;
    private final Placement placement;
    private final long mostBytes;

    /** For models that are known, on the processor. */
    public OnnxLoader(Path natives) {
        this(natives, Device.CPU, Long.MAX_VALUE);
    }

    /**
     * @param natives   holds the native libraries, one folder a platform
     * @param mostBytes of memory outside the heap that a model may be expected to take
     */
    public OnnxLoader(Path natives, Device device, long mostBytes) {
        this.natives = natives;
        this.placement = new Placement(device);
        this.mostBytes = mostBytes;
    }

    @Override
    public Encoder load(ModelFolder folder) {
        requireFile(folder, folder.model());
        requireFile(folder, folder.tokenizer());
        ModelFiles files = files(folder);
        NativeLibraries libraries = NativeLibraries.in(natives);
        TextTokenizer tokenizer = part(libraries, folder, folder.tokenizer(), () -> TextTokenizer.open(folder.tokenizer(), folder.spec().maxTokens()));
        ModelSession session;
        try {
            session = part(libraries, folder, folder.model(), () -> ModelSession.open(folder.model(), folder.spec(), placement));
        } catch (ModelException e) {
            tokenizer.close();
            throw e;
        }
        Trial trial = new Trial(folder, tokenizer, session);
        try {
            Batches batches = trial.run();
            return new OnnxEncoder(folder.spec(), files.version(), tokenizer, session, batches);
        } catch (Throwable t) {
            try (tokenizer) {
                session.close();
            } catch (Exception e) {
                t.addSuppressed(e);
            }
            throw broken(folder, reason(t), t);
        }
    }

    private ModelFiles files(ModelFolder folder) {
        ModelFiles files;
        try {
            files = ModelFiles.of(folder);
        } catch (IOException e) {
            throw broken(folder, "[" + folder.model().getFileName() + "] cannot be loaded: " + reason(e), e);
        }
        if (files.neededBytes() > mostBytes) {
            throw broken(
                folder,
                "it needs about [" + mib(files.neededBytes()) + "] of memory outside the heap, and [plugins.interest.inference.model_memory_limit] allows ["
                    + mib(mostBytes) + "]",
                null
            );
        }
        return files;
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
            throw broken(folder, "[" + file.getFileName() + "] cannot be loaded: " + reason(t), t);
        }
    }

    private static void requireFile(ModelFolder folder, Path file) {
        if (Files.isRegularFile(file) == false) {
            throw broken(folder, "the file [" + file + "] is missing", null);
        }
    }

    private static String reason(Throwable t) {
        return t.getMessage() == null ? t.toString() : t.getMessage();
    }

    private static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static ModelException broken(ModelFolder folder, String reason, Throwable cause) {
        return new ModelException(Kind.BROKEN, "[interest] model [" + folder.spec().modelId() + "] cannot be used: " + reason, cause);
    }
}
