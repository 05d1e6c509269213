package org.opensearch.interest.engine.onnx;

import org.opensearch.interest.core.embedding.ModelException;
import org.opensearch.interest.core.embedding.ModelException.Kind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Points two Java libraries, ONNX Runtime and the tokenizer, at their native libraries in the plugin's folder. Both
 * read JVM-wide system properties while their first class is initialised. Without these properties both would unpack
 * their libraries into a temporary or home folder, and one of them would use the network. Other plugins of the node use
 * the same properties, so they are set only during a load and then restored. Thread-safe.
 */
final class NativeLibraries {
    /** System properties belong to the whole JVM, which several nodes may share. So the lock is static. */
    private static final Object LOADING = new Object();

    private final Path folder;

    private NativeLibraries(Path folder) {
        this.folder = folder;
    }

    /**
     * @param natives the folder that holds one folder a platform
     * @throws ModelException if there is no folder for this platform
     */
    static NativeLibraries in(Path natives) {
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path folder = natives.resolve(platform);
        if (Files.isDirectory(folder) == false) {
            throw new ModelException(
                Kind.BROKEN,
                "[interest] there are no native libraries for this platform: no folder [" + folder + "]; "
                    + "models run on Linux x86-64, Linux arm64 and macOS arm64"
            );
        }
        return new NativeLibraries(folder);
    }

    /** The platform as the folders are named: linux-x86_64, linux-aarch64, osx-aarch64. */
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        return (os.startsWith("mac") ? "osx" : os.startsWith("linux") ? "linux" : os.replace(' ', '-')) + "-"
            + (arch.equals("amd64") ? "x86_64" : arch.equals("arm64") ? "aarch64" : arch);
    }

    /** Runs code that may load a native library. */
    <T> T load(Callable<T> loading) throws Exception {
        synchronized (LOADING) {
            Map<String, String> before = new HashMap<>();
            properties().forEach((key, value) -> before.put(key, System.setProperty(key, value)));
            Thread thread = Thread.currentThread();
            ClassLoader loaderBefore = thread.getContextClassLoader();
            // The tokenizer reads its properties through the thread's class loader, which does not see a node's
            // plugins.
            thread.setContextClassLoader(NativeLibraries.class.getClassLoader());
            try {
                return loading.call();
            } finally {
                thread.setContextClassLoader(loaderBefore);
                before.forEach((key, value) -> {
                    if (value == null) {
                        System.clearProperty(key);
                    } else {
                        System.setProperty(key, value);
                    }
                });
            }
        }
    }

    private Map<String, String> properties() {
        return Map.of(
            // ONNX Runtime loads from this folder instead of unpacking.
            "onnxruntime.native.path", folder.toString(),
            // The tokenizer loads this file, built for a CPU, instead of unpacking. It does not accept a folder.
            "RUST_LIBRARY_PATH", folder.resolve(System.mapLibraryName("tokenizers")).toString(), "RUST_FLAVOR", "cpu",
            // The tokenizer's library downloads nothing and sends no usage data to its maker.
            "ai.djl.offline", "true", "OPT_OUT_TRACKING", "true"
        );
    }
}
