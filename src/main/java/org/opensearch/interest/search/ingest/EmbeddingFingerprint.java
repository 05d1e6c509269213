package org.opensearch.interest.search.ingest;

import org.opensearch.interest.core.digest.Sha256;
import org.opensearch.interest.core.embedding.LongText;
import org.opensearch.interest.core.embedding.ModelSpec;
import org.opensearch.interest.core.embedding.TextType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells whether a stored vector is still the one that a text would get: equal fingerprints, equal vectors. Over
 * everything that makes a vector: the text, its type, how long texts are read, and the model: its files and all that
 * its description says. Immutable.
 */
final class EmbeddingFingerprint {
    /** Of 256: far more than it takes to tell apart all texts that there are, in half the room. */
    private static final int BYTES = 16;

    private final MessageDigest begun;

    /** @param version of the model's files */
    EmbeddingFingerprint(ModelSpec spec, String version, TextType type, LongText longText) {
        begun = Sha256.begin();
        List<Object> parts = List.of(
            spec.modelId(), version, spec.dimension(), spec.pooling(), spec.normalize(), spec.maxTokens(),
            spec.output().orElse(""), spec.prefix(type), type, longText
        );
        parts.forEach(part -> add(begun, part.toString()));
    }

    /** 32 hexadecimal digits. */
    String of(String text) {
        try {
            MessageDigest digest = (MessageDigest) begun.clone();
            add(digest, text);
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("SHA-256 of this JDK cannot be cloned", e);
        }
    }

    /** Its length before it, so that no two lists of parts read the same. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
