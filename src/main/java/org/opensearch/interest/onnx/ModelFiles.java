package org.opensearch.interest.onnx;

import org.opensearch.interest.digest.Sha256;
import org.opensearch.interest.embedding.ModelFolder;

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
 * What a model consists of, looked at before any of it is loaded.
 *
 * @param bytes   of the network, weights in files beside it included
 * @param version 16 hexadecimal digits of a SHA-256 over all that the model's vectors depend on: the network, its weights, the tokenizer
 *                and the description. Equal on two nodes, equal vectors
 */
record ModelFiles(long bytes, String version) {
    private static final int VERSION_BYTES = 8;
    private static final long MAPPED = 1 << 30;

    /** Memory that the model is expected to take: its weights, and half as much again for what they are rearranged into and worked on with. */
    long neededBytes() {
        return bytes + bytes / 2;
    }

    /** @throws IOException, with a reason for people, when files are missing, unreadable, or lie outside the model's folder */
    static ModelFiles of(ModelFolder folder) throws IOException {
        MessageDigest digest = Sha256.begin();
        digest.update(folder.spec().toString().getBytes(StandardCharsets.UTF_8));
        long bytes = 0;
        for (Path file : networkOf(folder.model())) {
            bytes += add(digest, file);
        }
        add(digest, folder.tokenizer());
        return new ModelFiles(bytes, HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), VERSION_BYTES)));
    }

    private static List<Path> networkOf(Path model) throws IOException {
        List<Path> files = new ArrayList<>(List.of(model));
        try (FileChannel channel = FileChannel.open(model, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IOException("it holds [" + channel.size() + "] bytes, and no ONNX file holds more than 2 GiB: weights beyond that lie in files beside it");
            }
            for (String location : OnnxFile.externalData(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()))) {
                files.add(beside(model, location));
            }
        }
        return files;
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

    private static long add(MessageDigest digest, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
            for (long from = 0; from < size; from += MAPPED) {
                digest.update(channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(MAPPED, size - from)));
            }
            return size;
        }
    }
}
