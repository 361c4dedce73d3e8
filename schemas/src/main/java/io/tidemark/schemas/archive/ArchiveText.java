package io.tidemark.schemas.archive;

import org.jspecify.annotations.Nullable;

/**
 * Text as the archive can hold it. JSON can spell half a surrogate pair; UTF-8 cannot, and
 * Parquet's encoder throws on it, which would stop the whole archive for one message. Such a
 * character becomes U+FFFD.
 */
final class ArchiveText {
    private static final char REPLACEMENT = '\uFFFD';

    private ArchiveText() {}

    /**
     * The same object when the text is well formed, which is the usual case and allocates nothing.
     */
    static String wellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    static @Nullable String wellFormedOrNull(@Nullable String text) {
        return text == null ? null : wellFormed(text);
    }

    private static String repaired(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                result.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                result.append(c).append(text.charAt(++i));
            } else {
                result.append(REPLACEMENT);
            }
        }
        return result.toString();
    }
}
