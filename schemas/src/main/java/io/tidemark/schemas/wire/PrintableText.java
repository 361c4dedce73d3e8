package io.tidemark.schemas.wire;

/**
 * Foreign text made safe to print: one line, bounded, nothing a terminal or a log reader obeys.
 * Control characters, ANSI escapes, direction overrides, invisible formatting and lone surrogates
 * become {@code \\uXXXX}.
 */
public final class PrintableText {
    private static final String CUT = "...";

    private PrintableText() {}

    /**
     * The text, printable and at most {@code maxLength} characters (at least 16); a cut text ends
     * in three dots. Reads no more of the text than it needs.
     */
    public static String of(CharSequence text, int maxLength) {
        if (maxLength < 16) {
            throw new IllegalArgumentException(
                    "wanted room for at least 16 characters, got " + maxLength);
        }
        StringBuilder out = new StringBuilder(Math.min(text.length(), maxLength) + 8);
        int keep = 0;
        int at = 0;
        while (at < text.length()) {
            int codePoint = Character.codePointAt(text, at);
            append(out, codePoint);
            if (out.length() > maxLength) {
                out.setLength(keep);
                return out.append(CUT).toString();
            }
            if (out.length() <= maxLength - CUT.length()) {
                keep = out.length();
            }
            at += Character.charCount(codePoint);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int codePoint) {
        if (isPlain(codePoint)) {
            out.appendCodePoint(codePoint);
            return;
        }
        for (char unit : Character.toChars(codePoint)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit((unit >> shift) & 0xF, 16));
            }
        }
    }

    private static boolean isPlain(int codePoint) {
        if (codePoint < 0x7F) {
            return codePoint >= 0x20;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
