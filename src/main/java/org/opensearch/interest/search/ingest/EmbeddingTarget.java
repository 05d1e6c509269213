package org.opensearch.interest.search.ingest;

import org.opensearch.ingest.IngestDocument;
import org.opensearch.interest.core.embedding.TextRules;

import java.util.ArrayList;
import java.util.List;

/**
 * One vector that a document is to get: from which fields, and into which.
 *
 * @param sources their texts, joined in this order, are the passage
 * @param target  where the vector goes
 */
record EmbeddingTarget(List<String> sources, String target) {
    EmbeddingTarget {
        sources = List.copyOf(sources);
    }

    /**
     * The text to embed, cut where it is longer than any model reads; null where every source is missing and that is
     * allowed.
     *
     * @throws IllegalArgumentException where a source is missing and must not be, or holds what is no text
     */
    String textOf(IngestDocument document, boolean ignoreMissing) {
        List<String> texts = new ArrayList<>();
        for (String source : sources) {
            Object value = document.getFieldValue(source, Object.class, true);
            StringBuilder text = new StringBuilder();
            append(source, value, text);
            if (TextRules.isBlank(text.toString()) == false) {
                texts.add(text.toString());
            } else if (ignoreMissing == false) {
                throw new IllegalArgumentException(
                    "[interest] field [" + source + "] is " + (value == null ? "missing" : "blank")
                        + ", and its text is wanted for [" + target + "]: give it one, or set [ignore_missing]"
                );
            }
        }
        return texts.isEmpty() ? null : TextRules.truncate(String.join("+", sources), String.join(" ", texts));
    }

    /** Beside the vector: what tells whether it is still that of the text. */
    String fingerprintField() {
        return target + "_fingerprint";
    }

    /** Whether the document brings along a vector that says of itself to be this fingerprint's. */
    boolean holds(IngestDocument document, String fingerprint, int dimension) {
        return fingerprint.equals(document.getFieldValue(fingerprintField(), Object.class, true))
            && document.getFieldValue(target, Object.class, true) instanceof List<?> vector
            && vector.size() == dimension
            && vector.stream().allMatch(number -> number instanceof Number n && Float.isFinite(n.floatValue()));
    }

    /**
     * Writes the vector, as a list: an array of floats is nothing that an ingest document knows how to copy or show.
     *
     * @param fingerprint null to keep none, and to take an old one away, which would vouch for a vector that is gone
     * @throws IllegalArgumentException where the path leads through something that is no object
     */
    void put(IngestDocument document, float[] vector, String fingerprint) {
        List<Float> list = new ArrayList<>(vector.length);
        for (float number : vector) {
            list.add(number);
        }
        document.setFieldValue(target, list);
        if (fingerprint != null) {
            document.setFieldValue(fingerprintField(), fingerprint);
        } else if (document.hasField(fingerprintField())) {
            document.removeField(fingerprintField());
        }
    }

    /** Nothing for null; elements of lists one after the other. */
    private static void append(String source, Object value, StringBuilder text) {
        if (value instanceof List<?> list) {
            list.forEach(element -> append(source, element, text));
        } else if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            if (text.isEmpty() == false) {
                text.append(' ');
            }
            text.append(value);
        } else if (value != null) {
            throw new IllegalArgumentException(
                "[interest] field [" + source + "] must hold text, numbers, or a list of them, but holds ["
                    + quote(value) + "]"
            );
        }
    }

    private static String quote(Object value) {
        String text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
