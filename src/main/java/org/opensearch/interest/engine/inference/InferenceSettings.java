package org.opensearch.interest.engine.inference;

import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.interest.core.embedding.Device;
import org.opensearch.monitor.jvm.JvmInfo;
import org.opensearch.monitor.os.OsProbe;

import java.util.List;

/** What can be set about models on a node; none of it needs to be. Read when the node starts. */
public final class InferenceSettings {
    private static final String PREFIX = "plugins.interest.inference.";

    /** Where models run: {@code auto} takes a graphics card where this build and the machine have one. */
    public static final Setting<Device> DEVICE = new Setting<>(
        PREFIX + "device", "auto", Device::parse, Property.NodeScope
    );

    /**
     * Texts that may wait in a lane: by default a few {@code _bulk} requests of a thousand documents, or seconds of
     * work with titles and a minute with long passages.
     */
    public static final Setting<Integer> QUEUE_SIZE = Setting
        .intSetting(PREFIX + "queue_size", 10_000, 1, Property.NodeScope);

    /** Heap for embeddings that may be asked for again; 0 remembers none. */
    public static final Setting<ByteSizeValue> CACHE_SIZE = Setting
        .memorySizeSetting(PREFIX + "cache_size", "1%", Property.NodeScope);

    /**
     * Memory outside the heap that all models may be expected to take together: by default half of what the heap leaves
     * of the machine's.
     */
    public static final Setting<ByteSizeValue> MODEL_MEMORY_LIMIT = new Setting<>(
        PREFIX + "model_memory_limit", settings -> defaultModelMemory() + "b",
        value -> ByteSizeValue.parseBytesSizeValue(value, PREFIX + "model_memory_limit"), Property.NodeScope
    );

    private InferenceSettings() {}

    public static List<Setting<?>> all() {
        return List.of(DEVICE, QUEUE_SIZE, CACHE_SIZE, MODEL_MEMORY_LIMIT);
    }

    private static long defaultModelMemory() {
        long machine = OsProbe.getInstance().getTotalPhysicalMemorySize();
        long heap = JvmInfo.jvmInfo().getMem().getHeapMax().getBytes();
        // a machine that does not say how much it has: as much as a model can sensibly be
        return machine <= 0 ? 4L << 30 : Math.max(256L << 20, (machine - heap) / 2);
    }
}
