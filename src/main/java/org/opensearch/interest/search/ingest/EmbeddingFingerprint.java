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
 * Hash of everything that determines a text's vector: equal fingerprints mean equal vectors. It covers the text, its
 * type, the treatment of long texts, the version of the model's files and the model's description. It shows whether a
 * stored vector is still the one of its text. Immutable.
 */
final class EmbeddingFingerprint {
    /** Length in bytes: half of a SHA-256 hash, which suffices to distinguish all existing texts. */
    private static final int BYTES = 16;

    private final MessageDigest modelDigest;

    /** @param version of the model's files */
    EmbeddingFingerprint(ModelSpec spec, String version, TextType type, LongText longText) {
        modelDigest = Sha256.begin();
        List<Object> parts = List.of(
            spec.modelId(), version, spec.dimension(), spec.pooling(), spec.normalize(), spec.maxTokens(),
            spec.output().orElse(""), spec.prefix(type), type, longText
        );
        parts.forEach(part -> add(modelDigest, part.toString()));
    }

    /** Returns the fingerprint of a text: 32 hexadecimal digits. */
    String of(String text) {
        try {
            MessageDigest digest = (MessageDigest) modelDigest.clone();
            add(digest, text);
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("SHA-256 of this JDK cannot be cloned", e);
        }
    }

    /** Adds a part after its length, so that different lists of parts give different input. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
