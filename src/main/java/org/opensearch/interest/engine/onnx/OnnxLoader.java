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
 * Loads models. Each model is checked against its description and passes a self-test before use. Thread-safe; loads one
 * model at a time.
 */
public final class OnnxLoader implements EncoderLoader {
    /** A self-test has about twenty runs. A model that needs longer is too slow to be useful, or does not end. */
    private static final Duration SELF_TEST_TIME = Duration.ofMinutes(2);

    private final Path natives;
    private final DevicePlacement placement;
    private final MemoryBudget memory;
    private final int runs;
    private final Duration selfTestTime;

    /** Loader for known models on the CPU, without a memory limit. */
    public OnnxLoader(Path natives) {
        this(natives, Device.CPU, Long.MAX_VALUE, 1);
    }

    /**
     * @param natives    the folder that holds the native libraries, one folder a platform
     * @param limitBytes the limit on the estimated memory outside the heap of all models together
     * @param runs       the most concurrent runs of one model
     */
    public OnnxLoader(Path natives, Device device, long limitBytes, int runs) {
        this(natives, device, limitBytes, runs, SELF_TEST_TIME);
    }

    /** @param selfTestTime the time limit of a model's self-test */
    OnnxLoader(Path natives, Device device, long limitBytes, int runs, Duration selfTestTime) {
        this.natives = natives;
        this.placement = new DevicePlacement(device);
        this.memory = new MemoryBudget(limitBytes);
        this.runs = runs;
        this.selfTestTime = selfTestTime;
    }

    @Override
    public Encoder load(ModelFolder folder) {
        requireFile(folder, folder.model());
        requireFile(folder, folder.tokenizer());
        ModelFiles files = files(folder);
        MemoryBudget.Reservation reservation = reservation(folder, files);
        try {
            return load(folder, version(folder, files), reservation);
        } catch (Throwable t) {
            reservation.close();
            throw t;
        }
    }

    private Encoder load(ModelFolder folder, String version, MemoryBudget.Reservation reservation) {
        NativeLibraries libraries = NativeLibraries.in(natives);
        TextTokenizer tokenizer = open(
            libraries, folder, folder.tokenizer(),
            () -> TextTokenizer.open(folder.tokenizer(), folder.spec().maxTokens())
        );
        ModelSession session;
        try {
            session = open(
                libraries, folder, folder.model(), () -> ModelSession.open(folder.model(), folder.spec(), placement)
            );
        } catch (ModelException e) {
            tokenizer.close();
            throw e;
        }
        try (ModelSelfTest selfTest = new ModelSelfTest(folder, tokenizer, session, selfTestTime)) {
            Batches batches = selfTest.run();
            return new OnnxEncoder(folder.spec(), version, tokenizer, session, batches, reservation);
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

    private MemoryBudget.Reservation reservation(ModelFolder folder, ModelFiles files) {
        try {
            return memory.reserve(folder.spec(), files, runs);
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

    private static <T> T open(NativeLibraries libraries, ModelFolder folder, Path file, Opening<T> opening) {
        try {
            return libraries.load(opening::open);
        } catch (Throwable t) {
            // Loading native code throws errors (a missing symbol, a class that failed to initialise), and an error
            // that reaches a pool's thread ends the node.
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
