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

/** Opens networks on the requested device, or on the CPU if the setting allows that. Thread-safe. */
final class DevicePlacement {
    private static final Logger logger = LogManager.getLogger(DevicePlacement.class);
    private static final String SETTING = "[plugins.interest.inference.device]";

    /** An open network and its device: {@code cpu} or {@code cuda:N}. */
    record Placed(OrtSession session, String device) {}

    private final Device device;
    private final AtomicBoolean warned = new AtomicBoolean();

    DevicePlacement(Device device) {
        this.device = device;
    }

    static OrtEnvironment environment() throws OrtException {
        // ONNX Runtime has one environment a process. Other code may share it, so it is never closed.
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "interest");
        environment.setTelemetry(false);
        return environment;
    }

    /** @throws IllegalArgumentException if the device must be a GPU and none can be used */
    Placed open(OrtEnvironment environment, Path file) throws OrtException {
        if (device.card() == false) {
            return onCpu(environment, file);
        }
        if (OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA) == false) {
            if (device.must()) {
                throw new IllegalArgumentException(
                    SETTING + " is [" + device
                        + "], but this build of the plugin runs on the processor alone: build it with the profile [gpu]"
                );
            }
            return onCpu(environment, file);
        }
        try {
            return onGpu(environment, file);
        } catch (OrtException e) {
            if (device.must()) {
                throw new IllegalArgumentException(
                    SETTING + " is [" + device + "], but that card cannot be used: " + e.getMessage(), e
                );
            }
            if (warned.getAndSet(true) == false) {
                logger.warn("models run on the processor, because no graphics card can be used: {}", e.getMessage());
            }
            return onCpu(environment, file);
        }
    }

    private static Placed onCpu(OrtEnvironment environment, Path file) throws OrtException {
        try (OrtSession.SessionOptions options = options()) {
            return new Placed(environment.createSession(file.toString(), options), "cpu");
        }
    }

    private Placed onGpu(OrtEnvironment environment, Path file) throws OrtException {
        try (OrtSession.SessionOptions options = options()) {
            options.addCUDA(device.number());
            return new Placed(environment.createSession(file.toString(), options), "cuda:" + device.number());
        }
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        // Each caller runs on its own thread, and there are as many callers as cores. A second thread within a call, or
        // a thread that spins while it waits, would take its core from another caller.
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        return options;
    }
}
