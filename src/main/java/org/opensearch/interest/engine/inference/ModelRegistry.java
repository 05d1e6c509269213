package org.opensearch.interest.engine.inference;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.interest.core.embedding.Encoder;
import org.opensearch.interest.core.embedding.EncoderLoader;
import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;
import org.opensearch.interest.core.embedding.ModelFolder;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.Models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/**
 * Models of this node, found in two folders: the bundled models of the plugin, and the models of the node's
 * configuration. The descriptions are read at once, so that a pipeline can be checked against them. The models are
 * loaded in the background, one after the other. A folder with an error, and a model that failed while running, stay in
 * the list with the error and affect no other model. A reload reads one folder again. The registry owns the encoders
 * and closes them. Thread-safe.
 */
public final class ModelRegistry implements Models, AutoCloseable {
    private static final Logger logger = LogManager.getLogger(ModelRegistry.class);

    private final Path bundled;
    private final Path configured;
    private final EncoderLoader loader;
    /** Held while a model is loaded, so that one model is loaded at a time. */
    private final Object loading = new Object();

    private final Object lock = new Object();
    // Guarded by {@code lock}.
    private final List<ModelEntry> entries = new ArrayList<>();
    private final Map<String, ModelEntry> byId = new TreeMap<>();
    private boolean closed;

    /** Reads the descriptions. A folder that does not exist holds no models. */
    public ModelRegistry(Path bundled, Path configured, EncoderLoader loader) {
        this.bundled = bundled;
        this.configured = configured;
        this.loader = loader;
        folders(bundled).forEach(folder -> add(folder, true));
        folders(configured).forEach(folder -> add(folder, false));
    }

    /** Starts loading and returns at once. */
    public void load(Executor background) {
        List<ModelEntry> all;
        synchronized (lock) {
            all = List.copyOf(entries);
        }
        try {
            background.execute(() -> all.forEach(this::load));
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    /**
     * Reads one model's folder again, or for the first time, and loads the model. Running requests finish with the
     * encoder that they began with. Blocks until the model is loaded.
     *
     * @throws ModelException if there is no such folder, or if its model cannot be used; the encoder that was loaded
     *                        before stays in use
     */
    public ModelInfo reload(String modelId) {
        synchronized (loading) {
            Optional<Path> bundledFolder = folder(bundled, modelId);
            Path folder = bundledFolder.or(() -> folder(configured, modelId)).orElseThrow(() -> unknown(modelId));
            ModelEntry fresh;
            try {
                fresh = ModelEntry.described(ModelDescriptionReader.read(folder), bundledFolder.isPresent());
                open(fresh);
            } catch (IllegalArgumentException e) {
                throw notReloaded(modelId, new ModelException(Kind.BROKEN, e.getMessage(), e));
            }
            if (fresh.loaded() == false) {
                throw notReloaded(modelId, fresh.problem());
            }
            ModelEntry before = replace(fresh);
            if (before != null) {
                // Callers that still wait for the previous load receive the new encoder; has no effect if that load has
                // ended.
                before.encoder().complete(fresh.encoder().join());
                retire(before, fresh);
            }
            logger.info("model [{}] was reloaded; its version is [{}]", modelId, fresh.info().version().orElse(""));
            return fresh.info();
        }
    }

    @Override
    public void disable(String modelId, Encoder failed, ModelException reason) {
        ModelEntry entry = entry(modelId);
        if (entry == null || entry.loaded() == false || entry.encoder().join() != failed) {
            return;
        }
        ModelEntry disabledEntry = entry.disabled(reason);
        boolean replaced;
        synchronized (lock) {
            replaced = byId.replace(modelId, entry, disabledEntry);
            entries.replaceAll(other -> other == entry ? disabledEntry : other);
        }
        if (replaced) {
            logger.error("model [{}] is switched off: {}", modelId, reason.getMessage());
            close(failed);
        }
    }

    @Override
    public CompletableFuture<Encoder> encoder(String modelId) {
        ModelEntry entry = entry(modelId);
        // A copy, because a caller could otherwise complete the future for all callers.
        return entry == null ? CompletableFuture.failedFuture(unknown(modelId)) : entry.encoder().copy();
    }

    @Override
    public Optional<ModelSpec> spec(String modelId) {
        return Optional.ofNullable(entry(modelId)).flatMap(ModelEntry::folder).map(ModelFolder::spec);
    }

    @Override
    public Set<String> ids() {
        synchronized (lock) {
            return new TreeSet<>(byId.keySet());
        }
    }

    @Override
    public ModelException problem(String modelId) {
        ModelEntry entry = entry(modelId);
        return entry == null ? unknown(modelId) : entry.problem();
    }

    /**
     * All model folders: bundled models first, then configured models, each sorted by name; folders added later come
     * last.
     */
    public List<ModelInfo> infos() {
        synchronized (lock) {
            return entries.stream().map(ModelEntry::info).toList();
        }
    }

    /** @throws ModelException of kind {@code UNKNOWN} if there is no model of that name */
    public ModelInfo info(String modelId) {
        ModelEntry entry = entry(modelId);
        if (entry == null) {
            throw unknown(modelId);
        }
        return entry.info();
    }

    /**
     * Closes all loaded models, each after its running texts. A model that is still loading is closed when it is
     * loaded. A second call does nothing.
     */
    @Override
    public void close() {
        List<ModelEntry> closing;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            closing = List.copyOf(entries);
        }
        ModelException stopping = new ModelException(
            Kind.UNAVAILABLE, "[interest] the node is stopping: no model answers any more"
        );
        for (ModelEntry entry : closing) {
            if (entry.encoder().completeExceptionally(stopping) == false && entry.loaded()) {
                close(entry.encoder().join());
            }
        }
    }

    private void add(Path folder, boolean isBundled) {
        String name = folder.getFileName().toString();
        ModelEntry entry;
        try {
            entry = byId.containsKey(name) ? ModelEntry.broken(
                name, isBundled,
                "[interest] model [" + name + "] cannot be used from [" + folder
                    + "]: a model of that name comes with the plugin"
            ) : ModelEntry.described(ModelDescriptionReader.read(folder), isBundled);
        } catch (IllegalArgumentException e) {
            logger.warn("model folder [{}]: {}", folder, e.getMessage());
            entry = ModelEntry.broken(name, isBundled, e.getMessage());
        }
        entries.add(entry);
        byId.putIfAbsent(name, entry);
    }

    private void load(ModelEntry entry) {
        synchronized (loading) {
            if (entry.encoder().isDone() == false && isClosed() == false) {
                open(entry);
            }
        }
    }

    /** Loads the model and completes the entry with the encoder or the failure. */
    private void open(ModelEntry entry) {
        Encoder encoder;
        try {
            encoder = loader.load(entry.folder().orElseThrow());
        } catch (Throwable t) {
            // An error that reaches the pool's thread would end the node, possibly for a model that is never used.
            logger.warn("model [{}] cannot be used: {}", entry.modelId(), t.getMessage());
            entry.encoder()
                .completeExceptionally(
                    t instanceof ModelException ? t
                        : new ModelException(
                            Kind.BROKEN, "[interest] model [" + entry.modelId() + "] cannot be used: " + t, t
                        )
                );
            return;
        }
        if (entry.encoder().complete(encoder) == false) {
            // The node began to stop while the model was loading.
            close(encoder);
        }
    }

    /** Returns the previous entry, or null. */
    private ModelEntry replace(ModelEntry fresh) {
        synchronized (lock) {
            if (closed) {
                close(fresh.encoder().join());
                throw new ModelException(
                    Kind.UNAVAILABLE, "[interest] the node is stopping: no model is loaded any more"
                );
            }
            ModelEntry before = byId.put(fresh.modelId(), fresh);
            if (entries.contains(before)) {
                entries.set(entries.indexOf(before), fresh);
            } else {
                entries.add(fresh);
            }
            return before;
        }
    }

    private static void retire(ModelEntry before, ModelEntry after) {
        if (before.loaded() && before.encoder().join() != after.encoder().join()) {
            close(before.encoder().join());
        }
    }

    /** Finds a folder by comparing names, so that no requested name is ever used as a path. */
    private static Optional<Path> folder(Path parent, String modelId) {
        return folders(parent).stream().filter(folder -> folder.getFileName().toString().equals(modelId)).findFirst();
    }

    private ModelException notReloaded(String modelId, ModelException reason) {
        ModelEntry entry = entry(modelId);
        String rest = entry != null && entry.loaded() ? "; the model as it was before goes on answering" : "";
        return new ModelException(Kind.BROKEN, reason.getMessage() + rest, reason);
    }

    private ModelEntry entry(String modelId) {
        synchronized (lock) {
            return byId.get(modelId);
        }
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private static void close(Encoder encoder) {
        try {
            encoder.close();
        } catch (RuntimeException e) {
            logger.warn("a model did not close", e);
        }
    }

    private static List<Path> folders(Path parent) {
        if (Files.isDirectory(parent) == false) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            // Hidden folders such as .DS_Store and .snapshot belong to the file system.
            return children.filter(Files::isDirectory)
                .filter(child -> child.getFileName().toString().startsWith(".") == false)
                .sorted()
                .toList();
        } catch (IOException | UncheckedIOException e) {
            logger.warn("the folder of models [" + parent + "] cannot be read", e);
            return List.of();
        }
    }

    private ModelException unknown(String modelId) {
        return new ModelException(Kind.UNKNOWN, "[interest] there is no model [" + modelId + "]; there are " + ids());
    }
}
