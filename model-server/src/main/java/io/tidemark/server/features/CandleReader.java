package io.tidemark.server.features;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.features.engine.Candle;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Candles out of a body: {@code {"timestamp": "2026-01-01T00:00:00Z", "open": 1.0, "high": ..,
 * "low": .., "close": .., "volume": ..}}, the timestamp the candle's first instant, with a zone.
 */
final class CandleReader {
    private static final String KNOWN = "timestamp, open, high, low, close, volume";
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private final JsonParser parser;
    private final ExtractErrors errors;
    private final List<Candle> candles = new ArrayList<>();

    CandleReader(JsonParser parser, ExtractErrors errors) {
        this.parser = parser;
        this.errors = errors;
    }

    /** Those that could be read so far. */
    List<Candle> candles() {
        return candles;
    }

    /** Steps over the candle the parser stands at. */
    void read(int index) throws IOException {
        String pointer = "/candles/" + index;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            errors.add(pointer, "wrong_type", "wanted an object with " + KNOWN);
            return;
        }
        Fields fields = new Fields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            String wrong = fields.take(name, parser);
            if (wrong != null) {
                errors.add(pointer + "/" + name, "wrong_type", wrong);
            }
        }
        try {
            candles.add(fields.candle());
        } catch (IllegalArgumentException e) {
            errors.add(pointer, "out_of_range", String.valueOf(e.getMessage()));
        }
    }

    private static final class Fields {
        private long start = Long.MIN_VALUE;
        private double open = Double.NaN;
        private double high = Double.NaN;
        private double low = Double.NaN;
        private double close = Double.NaN;
        private double volume = Double.NaN;

        /** What is wrong with it; null when nothing is. */
        @Nullable String take(String name, JsonParser parser) throws IOException {
            if (name.equals("timestamp")) {
                return timestamp(parser);
            }
            if (!parser.currentToken().isNumeric()) {
                parser.skipChildren();
                return "wanted a number; known here: " + KNOWN;
            }
            double value = parser.getDoubleValue();
            switch (name) {
                case "open" -> open = value;
                case "high" -> high = value;
                case "low" -> low = value;
                case "close" -> close = value;
                case "volume" -> volume = value;
                default -> {
                    return "unknown field; known here: " + KNOWN;
                }
            }
            return null;
        }

        private @Nullable String timestamp(JsonParser parser) throws IOException {
            try {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    OffsetDateTime time = OffsetDateTime.parse(parser.getText());
                    if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                        start = ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
                        return null;
                    }
                }
            } catch (DateTimeParseException e) {
                // As wrong as another type.
            }
            parser.skipChildren();
            return "wanted an ISO-8601 time with a zone, of the years %d to %d"
                    .formatted(FIRST_YEAR, LAST_YEAR);
        }

        Candle candle() {
            if (start == Long.MIN_VALUE) {
                throw new IllegalArgumentException("wanted a timestamp");
            }
            return new Candle(start, open, high, low, close, volume);
        }
    }
}
