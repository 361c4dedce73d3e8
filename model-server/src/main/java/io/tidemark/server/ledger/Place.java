package io.tidemark.server.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of cells, where a page ended: {@code 2025-12-07T12:53:00Z~BTCUSDT~trade}.
 *
 * @param symbol empty for rejected messages
 */
record Place(Instant minute, String symbol, String type) {
    private static final Pattern TEXT =
            Pattern.compile(
                    "([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)~([A-Z0-9_-]{0,40})~([a-z]{1,20})");

    /** Before every cell. */
    static final Place BEGIN = new Place(Instant.EPOCH, "", "");

    static Place of(StoredCell cell) {
        return new Place(cell.minute().toInstant(), cell.symbol(), cell.type());
    }

    /** Empty when it is not one that {@link #toString} made. */
    static Optional<Place> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Place(Instant.parse(parts.group(1)), parts.group(2), parts.group(3)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    OffsetDateTime minuteInUtc() {
        return minute.atOffset(ZoneOffset.UTC);
    }

    @Override
    public String toString() {
        return minute + "~" + symbol + "~" + type;
    }
}
