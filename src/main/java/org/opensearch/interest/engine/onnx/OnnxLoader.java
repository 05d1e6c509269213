package org.opensearch.interest.engine.onnx;

import org.opensearch.interest.core.embedding.Device;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.EncoderLoader;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;
import org.opensearch.interest.core.embedding.ModelFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Loads models, each checked against its description and tried out before anybody may use it. Thread-safe; loads one at
 * a time.
 */
public final class OnnxLoader implements EncoderLoader {
    /** A trial is some twenty runs. What takes longer than this is of no use, or does not end. */
    private static final Duration TRIAL_TIME = Duration.ofMinutes(2);

    private final Path natives;
    private final DevicePlacement placement;
    private final MemoryBudget memory;
    private final int runs;
    private final Duration trialTime;

    /** For models that are known, on the processor. */
    public OnnxLoader(Path natives) {
        this(natives, Device.CPU, Long.MAX_VALUE, 1);
    }

    /**
     * @param natives   holds the native libraries, one folder a platform
     * @param mostBytes of memory outside the heap that all models together may be expected to take
     * @param runs      of a model that go on at once, at most
     */
    public OnnxLoader(Path natives, Device device, long mostBytes, int runs) {
        this(natives, device, mostBytes, runs, TRIAL_TIME);
    }

    /** @param trialTime after which a model that is being tried out is given up */
    OnnxLoader(Path natives, Device device, long mostBytes, int runs, Duration trialTime) {
        this.natives = natives;
        this.placement = new DevicePlacement(device);
        this.memory = new MemoryBudget(mostBytes);
        this.runs = runs;
        this.trialTime = trialTime;
    }

    @Override
    public Encoder load(ModelFolder folder) {
        requireFile(folder, folder.model());
        requireFile(folder, folder.tokenizer());
        ModelFiles files = files(folder);
        MemoryBudget.Share share = share(folder, files);
        try {
            return load(folder, version(folder, files), share);
        } catch (Throwable t) {
            share.close();
            throw t;
        }
    }

    private Encoder load(ModelFolder folder, String version, MemoryBudget.Share share) {
        NativeLibraries libraries = NativeLibraries.in(natives);
        TextTokenizer tokenizer = part(
            libraries, folder, folder.tokenizer(),
            () -> TextTokenizer.open(folder.tokenizer(), folder.spec().maxTokens())
        );
        ModelSession session;
        try {
            session = part(
                libraries, folder, folder.model(), () -> ModelSession.open(folder.model(), folder.spec(), placement)
            );
        } catch (ModelException e) {
            tokenizer.close();
            throw e;
        }
        try (ModelSelfTest trial = new ModelSelfTest(folder, tokenizer, session, trialTime)) {
            Batches batches = trial.run();
            return new OnnxEncoder(folder.spec(), version, tokenizer, session, batches, share);
        } catch (Throwable t) {
            try (tokenizer) {
                session.close();
            } catch (Exception e) {
                t.addSuppressed(e);
            }
            throw broken(folder, reason(t), t);
        }
    }

    private static ModelFiles files(ModelFolder folder) {
        try {
            return ModelFiles.of(folder);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private MemoryBudget.Share share(ModelFolder folder, ModelFiles files) {
        try {
            return memory.take(folder.spec(), files, runs);
        } catch (IllegalArgumentException e) {
            throw broken(folder, e.getMessage(), e);
        }
    }

    private static String version(ModelFolder folder, ModelFiles files) {
        try {
            return files.version();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static ModelException unreadable(ModelFolder folder, IOException e) {
        return broken(folder, "[" + folder.model().getFileName() + "] cannot be loaded: " + reason(e), e);
    }

    private interface Opening<T> {
        T open() throws Exception;
    }

    private static <T> T part(NativeLibraries libraries, ModelFolder folder, Path file, Opening<T> opening) {
        try {
            return libraries.load(opening::open);
        } catch (Throwable t) {
            // Loading native code throws errors (a missing symbol, a class that failed to initialise), and an error
            // that
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

    private static ModelException broken(ModelFolder folder, String reason, Throwable cause) {
        return new ModelException(
            Kind.BROKEN, "[interest] model [" + folder.spec().modelId() + "] cannot be used: " + reason, cause
        );
    }
}
