package org.opensearch.interest.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.interest.core.embedding.Device;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts networks on the device that was asked for, or on the processor where that is allowed. Thread-safe. */
final class DevicePlacement {
    private static final Logger logger = LogManager.getLogger(DevicePlacement.class);
    private static final String SETTING = "[plugins.interest.inference.device]";

    /** A network and where it went: {@code cpu} or {@code cuda:N}. */
    record Placed(OrtSession session, String device) {}

    private final Device device;
    private final AtomicBoolean warned = new AtomicBoolean();

    DevicePlacement(Device device) {
        this.device = device;
    }

    static OrtEnvironment environment() throws OrtException {
        // the process has one environment; it is not ours alone, and nobody closes it
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "interest");
        environment.setTelemetry(false);
        return environment;
    }

    /** @throws IllegalArgumentException where the device must be a card and none can be had */
    Placed open(OrtEnvironment environment, Path file) throws OrtException {
        if (device.card() == false) {
            return onProcessor(environment, file);
        }
        if (OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA) == false) {
            if (device.must()) {
                throw new IllegalArgumentException(
                    SETTING + " is [" + device
                        + "], but this build of the plugin runs on the processor alone: build it with the profile [gpu]"
                );
            }
            return onProcessor(environment, file);
        }
        try {
            return onCard(environment, file);
        } catch (OrtException e) {
            if (device.must()) {
                throw new IllegalArgumentException(
                    SETTING + " is [" + device + "], but that card cannot be used: " + e.getMessage(), e
                );
            }
            if (warned.getAndSet(true) == false) {
                logger.warn("models run on the processor, because no graphics card can be used: {}", e.getMessage());
            }
            return onProcessor(environment, file);
        }
    }

    private static Placed onProcessor(OrtEnvironment environment, Path file) throws OrtException {
        try (OrtSession.SessionOptions options = options()) {
            return new Placed(environment.createSession(file.toString(), options), "cpu");
        }
    }

    private Placed onCard(OrtEnvironment environment, Path file) throws OrtException {
        try (OrtSession.SessionOptions options = options()) {
            options.addCUDA(device.number());
            return new Placed(environment.createSession(file.toString(), options), "cuda:" + device.number());
        }
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        // As many callers as cores, each on its own thread: a second thread within a call, or one that spins while it
        // waits, would take its core from another caller.
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        return options;
    }
}
