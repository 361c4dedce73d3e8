package io.tidemark.schemas.event;

/**
 * What a symbol may look like: 2 to 40 of {@code A-Z 0-9 _ -}, beginning with a letter or digit.
 * Bybit and Binance names (BTCUSDT, BTC-26SEP25, BTCUSD_PERP) fit; nothing that could be a path, a
 * log line or markup does.
 */
public final class Symbols {
    /** The longest symbol, in characters. */
    public static final int MAX_LENGTH = 40;

    private Symbols() {}

    /** Whether the text is a symbol. */
    public static boolean isSymbol(CharSequence text) {
        int length = text.length();
        if (length < 2 || length > MAX_LENGTH || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
