package org.opensearch.interest.engine.inference;

import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.interest.core.embedding.Device;
import org.opensearch.monitor.jvm.JvmInfo;
import org.opensearch.monitor.os.OsProbe;

import java.util.List;

/** Settings of models on a node. All have defaults. Read when the node starts. */
public final class InferenceSettings {
    private static final String PREFIX = "plugins.interest.inference.";

    /** Device that runs the models: {@code auto} uses a GPU if this build and the machine have one. */
    public static final Setting<Device> DEVICE = new Setting<>(
        PREFIX + "device", "auto", Device::parse, Property.NodeScope
    );

    /**
     * The most texts that wait in one queue of a model. The default holds a few {@code _bulk} requests of a thousand
     * documents, which is seconds of work with titles and a minute with long passages.
     */
    public static final Setting<Integer> QUEUE_SIZE = Setting
        .intSetting(PREFIX + "queue_size", 10_000, 1, Property.NodeScope);

    /** Heap of the cache of embeddings; 0 disables the cache. */
    public static final Setting<ByteSizeValue> CACHE_SIZE = Setting
        .memorySizeSetting(PREFIX + "cache_size", "1%", Property.NodeScope);

    /**
     * Limit on the estimated memory outside the heap of all models together; by default half of the machine's memory
     * outside the heap.
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
        // The size of the machine's memory is unknown: the default is as much as a sensible model may need.
        return machine <= 0 ? 4L << 30 : Math.max(256L << 20, (machine - heap) / 2);
    }
}
