package org.opensearch.interest.cluster.calibration;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.interest.core.geometry.Geometry;
import org.opensearch.interest.core.geometry.Moments;
import org.opensearch.interest.core.tracking.GeometrySource;
import org.opensearch.interest.core.tracking.Tracker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Provides the prior geometry that comes with a model, fitted beforehand to texts of many kinds. It centres a tracker's
 * vectors from the first event on.
 */
public final class PriorGeometries implements GeometrySource {
    private static final Logger logger = LogManager.getLogger(PriorGeometries.class);
    private static final String FILE = "geometry.bin";

    private record Prior(Moments moments, Geometry geometry) {}

    private final List<Path> folders;
    private final Map<String, Optional<Prior>> byModel = new ConcurrentHashMap<>();
    private final Map<Integer, Geometry> flat = new ConcurrentHashMap<>();

    /** @param folders that hold one folder per model */
    public PriorGeometries(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    @Override
    public Geometry of(Tracker tracker, int dimension) {
        Optional<Geometry> prior = tracker.geometry() == Tracker.GeometryMode.OFF ? Optional.empty()
            : prior(tracker.modelId());
        return prior.filter(geometry -> geometry.dimension() == dimension)
            .orElseGet(() -> flat.computeIfAbsent(dimension, Geometry::flat));
    }

    /** Returns the model's prior geometry; empty if it has none. Reads the file once. */
    public Optional<Geometry> prior(String modelId) {
        return byModel.computeIfAbsent(modelId, this::read).map(Prior::geometry);
    }

    /** Returns the moments of which {@link #prior} is made. */
    public Optional<Moments> moments(String modelId) {
        return byModel.computeIfAbsent(modelId, this::read).map(Prior::moments);
    }

    private Optional<Prior> read(String modelId) {
        for (Path folder : folders) {
            Path file = folder.resolve(modelId).resolve(FILE);
            if (Files.exists(file)) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                    Moments moments = Moments.readFrom(in);
                    return Optional.of(new Prior(moments, Geometry.of(moments)));
                } catch (IOException | IllegalArgumentException e) {
                    logger.warn(
                        "the geometry of model [" + modelId + "] cannot be read, its trackers rank by plain cosine", e
                    );
                }
            }
        }
        return Optional.empty();
    }
}
