package org.opensearch.interest.search.ingest;

import org.opensearch.ingest.IngestDocument;
import org.opensearch.interest.core.embedding.TextRules;

import java.util.ArrayList;
import java.util.List;

/**
 * Source fields and target field of one vector of a document.
 *
 * @param sources the fields whose texts, joined in this order, are the passage
 * @param target  the field for the vector
 */
record EmbeddingTarget(List<String> sources, String target) {
    EmbeddingTarget {
        sources = List.copyOf(sources);
    }

    /**
     * Returns the text to embed, cut to the length that any model reads at most; null if every source is missing and
     * {@code ignoreMissing} allows that.
     *
     * @throws IllegalArgumentException if a required source is missing or blank, or if a source contains something
     *                                  other than text, numbers, booleans or lists of them
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

    /** Returns the field of the fingerprint, beside the vector. */
    String fingerprintField() {
        return target + "_fingerprint";
    }

    /** True if the document contains this fingerprint and a finite vector of this dimension. */
    boolean holds(IngestDocument document, String fingerprint, int dimension) {
        return fingerprint.equals(document.getFieldValue(fingerprintField(), Object.class, true))
            && document.getFieldValue(target, Object.class, true) instanceof List<?> vector
            && vector.size() == dimension
            && vector.stream().allMatch(number -> number instanceof Number n && Float.isFinite(n.floatValue()));
    }

    /**
     * Writes the vector as a list, because an ingest document cannot copy or render an array of floats.
     *
     * @param fingerprint null to write none and to remove an old one, which would belong to the replaced vector
     * @throws IllegalArgumentException if the path leads through a value that is not an object
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

    /** Appends the text of a value; nothing for null, and the elements of a list in their order. */
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
