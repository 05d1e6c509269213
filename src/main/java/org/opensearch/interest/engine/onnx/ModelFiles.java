package org.opensearch.interest.engine.onnx;

import org.opensearch.interest.core.digest.Sha256;
import org.opensearch.interest.core.embedding.ModelFolder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Files of a model, inspected before any of them is loaded. Only the network's own file is read, and its weights are
 * skipped.
 *
 * @param network     the network's own file, and the files beside it that hold weights
 * @param bytes       the total size of these files and the tokenizer
 * @param tensorBytes the memory of the tensors as declared by the network, whatever the size of the files
 */
record ModelFiles(ModelFolder folder, List<Path> network, long bytes, long tensorBytes) {
    private static final int VERSION_BYTES = 8;
    private static final long MAPPED_BYTES = 1 << 30;
    /** The tokenizer is read into the heap. The largest known file is a quarter of this limit. */
    private static final long MAX_TOKENIZER_BYTES = 128L << 20;

    /**
     * @throws IOException if a file is missing, unreadable, too large, or outside the model's folder; the message is
     *                     meant for people
     */
    static ModelFiles of(ModelFolder folder) throws IOException {
        long tokenizer = Files.size(folder.tokenizer());
        if (tokenizer > MAX_TOKENIZER_BYTES) {
            throw new IOException(
                "its tokenizer [" + folder.tokenizer().getFileName() + "] holds [" + tokenizer + "] bytes, and ["
                    + MAX_TOKENIZER_BYTES + "] are allowed"
            );
        }
        List<Path> network = new ArrayList<>(List.of(folder.model()));
        OnnxFile file = read(folder.model());
        for (String location : file.externalData()) {
            network.add(beside(folder.model(), location));
        }
        long bytes = tokenizer;
        for (Path part : network) {
            bytes += Files.size(part);
        }
        return new ModelFiles(folder, List.copyOf(network), bytes, file.tensorBytes());
    }

    /**
     * 16 hexadecimal digits of a SHA-256 over everything that determines the model's vectors: the network, its weights,
     * the tokenizer and the description. Nodes with equal versions compute equal vectors. Reads all files.
     */
    String version() throws IOException {
        MessageDigest digest = Sha256.begin();
        digest.update(folder.spec().toString().getBytes(StandardCharsets.UTF_8));
        for (Path file : network) {
            add(digest, file);
        }
        add(digest, folder.tokenizer());
        return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), VERSION_BYTES));
    }

    private static OnnxFile read(Path model) throws IOException {
        try (FileChannel channel = FileChannel.open(model, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException(
                    "it holds [" + channel.size()
                        + "] bytes, and no ONNX file holds more than 2 GiB: weights beyond that lie in files beside it"
                );
            }
            return OnnxFile.read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    /**
     * Refuses weights outside the network's folder: a network must not make the node read other files of the machine.
     */
    private static Path beside(Path model, String location) throws IOException {
        Path folder = model.toAbsolutePath().getParent().normalize();
        Path file;
        try {
            file = folder.resolve(location).normalize();
        } catch (IllegalArgumentException e) {
            throw new IOException("it names weights in [" + location + "], which is no path", e);
        }
        if (file.startsWith(folder) == false) {
            throw new IOException("it names weights in [" + location + "], outside its folder");
        }
        if (Files.isRegularFile(file) == false) {
            throw new IOException("it names weights in [" + location + "], and there is no such file beside it");
        }
        return file;
    }

    private static void add(MessageDigest digest, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
            for (long from = 0; from < size; from += MAPPED_BYTES) {
                digest.update(channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(MAPPED_BYTES, size - from)));
            }
        }
    }
}
