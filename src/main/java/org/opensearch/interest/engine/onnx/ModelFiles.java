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
 * What a model consists of, looked at before any of it is loaded. Nothing is read but the network's own file, and that
 * without its weights.
 *
 * @param network     the network's own file, and those beside it that hold weights
 * @param bytes       of all these files and the tokenizer's
 * @param tensorBytes what the network says that its tensors take, whatever the files hold
 */
record ModelFiles(ModelFolder folder, List<Path> network, long bytes, long tensorBytes) {
    private static final int VERSION_BYTES = 8;
    private static final long MAPPED = 1 << 30;
    /** It is read into the heap; the largest known is a fourth of that. */
    private static final long LARGEST_TOKENIZER = 128L << 20;

    /**
     * @throws IOException, with a reason for people, when files are missing, unreadable, too large, or lie outside the
     *                      model's folder
     */
    static ModelFiles of(ModelFolder folder) throws IOException {
        long tokenizer = Files.size(folder.tokenizer());
        if (tokenizer > LARGEST_TOKENIZER) {
            throw new IOException(
                "its tokenizer [" + folder.tokenizer().getFileName() + "] holds [" + tokenizer + "] bytes, and ["
                    + LARGEST_TOKENIZER + "] are allowed"
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
     * 16 hexadecimal digits of a SHA-256 over all that the model's vectors depend on: the network, its weights, the
     * tokenizer and the description. Equal on two nodes, equal vectors. Reads all files.
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

    /** A network may only name weights that lie in its folder, not some other file of the machine. */
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
            for (long from = 0; from < size; from += MAPPED) {
                digest.update(channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(MAPPED, size - from)));
            }
        }
    }
}
