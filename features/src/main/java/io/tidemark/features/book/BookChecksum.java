package io.tidemark.features.book;

import java.util.zip.CRC32;

/**
 * OKX's checksum of a book: the CRC32, as a signed 32-bit number, of the texts of its best 25
 * levels, {@code bid price:bid size:ask price:ask size:...}, bid and ask in turn; where a side has
 * fewer, those of the other follow alone.
 *
 * <p>A book keeps numbers, not the venue's texts: prices and sizes are written as {@link
 * DecimalText} does. Limits: a venue that writes needless zeros ({@code 1.50}) has other checksums
 * than these; a number of more than 15 significant digits has no text here, and then there is no
 * checksum.
 *
 * <p>Allocates nothing after construction (2.6 KB). Not thread-safe. Costs some 100 texts.
 *
 * <p>Source: OKX API guide, WebSocket, order book channel, "Checksum".
 */
final class BookChecksum {
    /** There is a number in the best levels that has no text here. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final int LEVELS = 25;
    private static final int NUMBERS = 4 * LEVELS;

    private final CRC32 crc = new CRC32();
    private final byte[] text = new byte[NUMBERS * (DecimalText.MAX_LENGTH + 1)];
    private int end;

    /** The checksum; {@link #UNKNOWN} when it cannot be told; 0 of an empty book. */
    long of(BookView book) {
        end = 0;
        int levels = Math.min(LEVELS, Math.max(book.bidLevels(), book.askLevels()));
        for (int level = 0; level < levels; level++) {
            boolean bid =
                    level >= book.bidLevels() || write(book.bidPrice(level), book.bidSize(level));
            boolean ask =
                    level >= book.askLevels() || write(book.askPrice(level), book.askSize(level));
            if (!bid || !ask) {
                return UNKNOWN;
            }
        }
        crc.reset();
        // Without the last colon.
        crc.update(text, 0, Math.max(0, end - 1));
        return (int) crc.getValue();
    }

    /** Appends both with a colon after each; whether they have a text. */
    private boolean write(double price, double size) {
        return write(price) && write(size);
    }

    private boolean write(double number) {
        int next = DecimalText.write(number, text, end);
        if (next < 0) {
            return false;
        }
        text[next] = ':';
        end = next + 1;
        return true;
    }
}
