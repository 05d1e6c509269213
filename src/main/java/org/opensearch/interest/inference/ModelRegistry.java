package org.opensearch.interest.inference;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.interest.embedding.Encoder;
import org.opensearch.interest.embedding.EncoderLoader;
import org.opensearch.interest.embedding.ModelException;
import org.opensearch.interest.embedding.ModelException.Kind;
import org.opensearch.interest.embedding.ModelFolder;
import org.opensearch.interest.embedding.ModelSpec;
import org.opensearch.interest.embedding.Models;

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
 * The models of this node, found in two folders: those that come with the plugin, and those of the node's configuration. The
 * descriptions are read at once, so that a pipeline can be checked against them; the models themselves are loaded in the
 * background, one after the other. A folder that is wrong is listed with its error and harms nothing else. Owns the encoders and
 * closes them. Thread-safe.
 */
public final class ModelRegistry implements Models, AutoCloseable {
    private static final Logger logger = LogManager.getLogger(ModelRegistry.class);

    private final List<ModelEntry> entries = new ArrayList<>();
    private final Map<String, ModelEntry> byId = new TreeMap<>();
    private final EncoderLoader loader;

    private final Object lock = new Object();
    // guarded by the lock
    private final List<Encoder> open = new ArrayList<>();
    private boolean closed;

    /** Reads the descriptions; a folder that is not there holds no models. */
    public ModelRegistry(Path bundled, Path configured, EncoderLoader loader) {
        this.loader = loader;
        folders(bundled).forEach(folder -> add(folder, true));
        folders(configured).forEach(folder -> add(folder, false));
    }

    /** Starts loading and returns. */
    public void load(Executor background) {
        try {
            background.execute(() -> entries.forEach(this::load));
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    @Override
    public CompletableFuture<Encoder> encoder(String modelId) {
        ModelEntry entry = byId.get(modelId);
        // a copy: who waits must not be able to complete it for everybody
        return entry == null ? CompletableFuture.failedFuture(unknown(modelId)) : entry.encoder().copy();
    }

    @Override
    public Optional<ModelSpec> spec(String modelId) {
        return Optional.ofNullable(byId.get(modelId)).flatMap(ModelEntry::folder).map(ModelFolder::spec);
    }

    @Override
    public Set<String> ids() {
        return new TreeSet<>(byId.keySet());
    }

    @Override
    public ModelException problem(String modelId) {
        ModelEntry entry = byId.get(modelId);
        return entry == null ? unknown(modelId) : entry.problem();
    }

    /** All folders, sorted by name; those that come with the plugin first. */
    public List<ModelInfo> infos() {
        return entries.stream().map(ModelEntry::info).toList();
    }

    /** @throws ModelException {@code UNKNOWN} when there is no model of that name */
    public ModelInfo info(String modelId) {
        ModelEntry entry = byId.get(modelId);
        if (entry == null) {
            throw unknown(modelId);
        }
        return entry.info();
    }

    /** Closes what is loaded, waiting for texts under way; what still loads is closed when it is done. Closing again does nothing. */
    @Override
    public void close() {
        List<Encoder> closing;
        synchronized (lock) {
            closed = true;
            closing = List.copyOf(open);
            open.clear();
        }
        ModelException stopping = new ModelException(Kind.UNAVAILABLE, "[interest] the node is stopping: no model answers any more");
        entries.forEach(entry -> entry.encoder().completeExceptionally(stopping));
        closing.forEach(ModelRegistry::close);
    }

    private void add(Path folder, boolean bundled) {
        String name = folder.getFileName().toString();
        ModelEntry entry;
        try {
            entry = byId.containsKey(name)
                ? ModelEntry.broken(name, bundled, "[interest] model [" + name + "] cannot be used from [" + folder + "]: a model of that name comes with the plugin")
                : ModelEntry.described(ModelDescriptionReader.read(folder), bundled);
        } catch (IllegalArgumentException e) {
            logger.warn("model folder [{}]: {}", folder, e.getMessage());
            entry = ModelEntry.broken(name, bundled, e.getMessage());
        }
        entries.add(entry);
        byId.putIfAbsent(name, entry);
    }

    private void load(ModelEntry entry) {
        ModelFolder folder = entry.folder().orElse(null);
        if (folder == null || isClosed()) {
            return;
        }
        Encoder encoder;
        try {
            encoder = loader.load(folder);
        } catch (Throwable t) {
            // an error that reaches the pool's thread would end the node, for a model that nobody may want
            logger.warn("model [{}] cannot be used: {}", entry.modelId(), t.getMessage());
            entry.encoder().completeExceptionally(
                t instanceof ModelException ? t : new ModelException(Kind.BROKEN, "[interest] model [" + entry.modelId() + "] cannot be used: " + t, t)
            );
            return;
        }
        boolean late;
        synchronized (lock) {
            late = closed;
            if (late == false) {
                open.add(encoder);
            }
        }
        if (late) {
            close(encoder);
        } else {
            entry.encoder().complete(encoder);
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
            // the file system's own (.DS_Store, .snapshot) are no models
            return children.filter(Files::isDirectory).filter(child -> child.getFileName().toString().startsWith(".") == false).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            logger.warn("the folder of models [" + parent + "] cannot be read", e);
            return List.of();
        }
    }

    private ModelException unknown(String modelId) {
        return new ModelException(Kind.UNKNOWN, "[interest] there is no model [" + modelId + "]; there are " + byId.keySet());
    }
}
