package org.opensearch.interest.core.embedding;

/** Which texts may be embedded. */
public final class TextRules {
    /**
     * Characters (UTF-16 units) in a text at most: no model reads a hundredth of it, yet all of it would be tokenized.
     */
    public static final int MAX_CHARACTERS = 1_000_000;

    private TextRules() {}

    /**
     * Fails unless the text can be embedded as it is.
     *
     * @param field what to call the text in the message
     * @return the text
     */
    public static String require(String field, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                "[interest] [" + field + "] must hold at most [" + MAX_CHARACTERS + "] characters, but holds ["
                    + text.length() + "]"
            );
        }
        return requireReadable(field, text);
    }

    /** As {@link #require}, for texts that are cut when they are too long and not refused. */
    public static String truncate(String field, String text) {
        return requireReadable(field, cut(text, MAX_CHARACTERS));
    }

    /** The text's first characters, and never half of one. */
    public static String cut(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters);
    }

    /** Whether nothing of the text can be seen: white space of any kind, control and formatting characters. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(TextRules::isInvisible);
    }

    private static String requireReadable(String field, String text) {
        if (isBlank(text)) {
            throw new IllegalArgumentException(
                "[interest] [" + field + "] must not be blank, but holds [" + text.length()
                    + "] characters and none that can be seen"
            );
        }
        int lone = loneSurrogate(text);
        if (lone >= 0) {
            throw new IllegalArgumentException(
                "[interest] [" + field + "] must be valid Unicode, but character [" + lone + "] is the lone surrogate ["
                    + String.format("U+%04X", (int) text.charAt(lone)) + "]"
            );
        }
        return text;
    }

    /** The place of the first half of a character that stands without its other half; −1 where there is none. */
    private static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1)) == false) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)
            || Character.getType(c) == Character.FORMAT;
    }
}
