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
 * Where the native libraries lie, and how the two Java libraries that need them are told so. Both read JVM-wide system
 * properties while their first class is initialised, and both would otherwise unpack their libraries into a temporary
 * or home folder, and one of them would ask the network. Other plugins of the node use the same properties: they are
 * set only for as long as a load takes, and put back as they were. Thread-safe.
 */
final class NativeLibraries {
    /** Properties belong to the whole JVM, and so must the lock: several nodes may share one. */
    private static final Object LOADING = new Object();

    private final Path folder;

    private NativeLibraries(Path folder) {
        this.folder = folder;
    }

    /**
     * @param natives holds one folder a platform
     * @throws ModelException when this platform is none of them
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

    /** As in the folders' names: linux-x86_64, linux-aarch64, osx-aarch64. */
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        return (os.startsWith("mac") ? "osx" : os.startsWith("linux") ? "linux" : os.replace(' ', '-')) + "-"
            + (arch.equals("amd64") ? "x86_64" : arch.equals("arm64") ? "aarch64" : arch);
    }

    /** Runs what loads, or may load, a native library. */
    <T> T load(Callable<T> loading) throws Exception {
        synchronized (LOADING) {
            Map<String, String> before = new HashMap<>();
            properties().forEach((key, value) -> before.put(key, System.setProperty(key, value)));
            Thread thread = Thread.currentThread();
            ClassLoader loaderBefore = thread.getContextClassLoader();
            // the tokenizer looks its properties up through the thread, whose loader in a node knows nothing of plugins
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
            // ONNX Runtime: load from here instead of unpacking
            "onnxruntime.native.path", folder.toString(),
            // tokenizer: this file, for the plain processor, instead of unpacking; a folder is not understood
            "RUST_LIBRARY_PATH", folder.resolve(System.mapLibraryName("tokenizers")).toString(), "RUST_FLAVOR", "cpu",
            // tokenizer: no downloads, and no word to its maker's metadata service
            "ai.djl.offline", "true", "OPT_OUT_TRACKING", "true"
        );
    }
}
