package org.opensearch.interest.engine.inference;

import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;
import org.opensearch.interest.core.embedding.ModelFolder;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One model folder and its state: with or without a readable description; loading, loaded, or broken. Thread-safe. */
final class ModelEntry {
    private final String modelId;
    private final boolean bundled;
    private final Optional<ModelFolder> folder;
    private final CompletableFuture<Encoder> encoder = new CompletableFuture<>();

    private ModelEntry(String modelId, boolean bundled, Optional<ModelFolder> folder) {
        this.modelId = modelId;
        this.bundled = bundled;
        this.folder = folder;
    }

    static ModelEntry described(ModelFolder folder, boolean bundled) {
        return new ModelEntry(folder.spec().modelId(), bundled, Optional.of(folder));
    }

    static ModelEntry broken(String modelId, boolean bundled, String reason) {
        ModelEntry entry = new ModelEntry(modelId, bundled, Optional.empty());
        entry.encoder.completeExceptionally(new ModelException(Kind.BROKEN, reason));
        return entry;
    }

    /** Copy of this entry whose model is switched off. */
    ModelEntry disabled(ModelException reason) {
        ModelEntry entry = new ModelEntry(modelId, bundled, folder);
        entry.encoder.completeExceptionally(reason);
        return entry;
    }

    String modelId() {
        return modelId;
    }

    Optional<ModelFolder> folder() {
        return folder;
    }

    CompletableFuture<Encoder> encoder() {
        return encoder;
    }

    boolean loaded() {
        return encoder.isDone() && encoder.isCompletedExceptionally() == false;
    }

    /** The current error, or null. */
    ModelException problem() {
        if (encoder.isCompletedExceptionally() == false) {
            return null;
        }
        Throwable reason = encoder.exceptionNow();
        return reason instanceof ModelException e ? e
            : new ModelException(Kind.BROKEN, "[interest] model [" + modelId + "] cannot be used: " + reason, reason);
    }

    ModelInfo info() {
        ModelException problem = problem();
        boolean loaded = loaded();
        Optional<Encoder> ready = loaded ? Optional.of(encoder.join()) : Optional.empty();
        return new ModelInfo(
            modelId, folder.map(ModelFolder::spec), bundled, loaded, ready.map(Encoder::version),
            ready.map(Encoder::device), Optional.ofNullable(problem).map(Throwable::getMessage)
        );
    }
}
