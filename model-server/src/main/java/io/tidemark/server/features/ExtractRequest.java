package io.tidemark.server.features;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tidemark.features.engine.Candle;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Symbols;
import io.tidemark.schemas.registry.RegistryDuration;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.RefusedException;
import io.tidemark.server.request.JsonBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /features/extract}, checked: {@code {"feature_registry_version": "1.0.0",
 * "events": [envelope, ..]}}, or {@code "symbol"}, {@code "interval"} and {@code "candles"} in
 * place of the events. Each event is cut out of the body as it stands and read by the decoder the
 * job uses; what it refuses is told by its place.
 *
 * @param events none when there are candles
 * @param candles none when there are events
 * @param symbol whose candles they are; empty for events
 * @param intervalMicros how long a candle is; 0 for events
 */
record ExtractRequest(
        String version,
        List<MarketEvent> events,
        List<Candle> candles,
        String symbol,
        long intervalMicros) {
    private static final String DEFAULT_VERSION = "1.0.0";
    private static final String KNOWN =
            "events, or symbol, interval and candles; feature_registry_version";
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(50).build())
                    .build();

    static ExtractRequest read(byte[] body, long nowMicros) {
        try (JsonParser parser = JSON.createParser(body)) {
            return new Reader(body, parser, nowMicros).read();
        } catch (JsonProcessingException malformed) {
            throw ExtractErrors.invalid("", "malformed", JsonBody.fault(malformed));
        } catch (IOException e) {
            throw ExtractErrors.invalid("", "malformed", "the body is no JSON");
        }
    }

    private static final class Reader {
        private final byte[] body;
        private final JsonParser parser;
        private final long nowMicros;
        private final EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
        private final List<MarketEvent> events = new ArrayList<>();
        private final ExtractErrors errors = new ExtractErrors();
        private final CandleReader candles;
        private String version = DEFAULT_VERSION;
        private String symbol = "";
        private long intervalMicros;

        Reader(byte[] body, JsonParser parser, long nowMicros) {
            this.body = body;
            this.parser = parser;
            this.nowMicros = nowMicros;
            candles = new CandleReader(parser, errors);
        }

        ExtractRequest read() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ExtractErrors.invalid(
                        "", "wrong_type", "the body must be an object with events");
            }
            if (parser.currentLocation().getByteOffset() < 0) {
                // Read through a decoder: there are no places in the body to cut events out at.
                throw ExtractErrors.invalid("", "bad_utf8", "the body must be UTF-8");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw ExtractErrors.invalid("", "malformed", "nothing may follow the object");
            }
            errors.throwIfAny();
            return checked();
        }

        private ExtractRequest checked() {
            if (!events.isEmpty() && !candles.candles().isEmpty()) {
                throw ExtractErrors.invalid("", "conflict", "wanted events or candles, got both");
            }
            if (events.isEmpty() && candles.candles().isEmpty()) {
                throw ExtractErrors.invalid(
                        "/events", "missing", "wanted at least one event, or one candle");
            }
            if (events.isEmpty() && symbol.isEmpty()) {
                throw ExtractErrors.invalid(
                        "/symbol", "missing", "wanted the symbol of the candles");
            }
            if (events.isEmpty() && intervalMicros == 0) {
                throw ExtractErrors.invalid(
                        "/interval", "missing", "wanted how long a candle is, such as 1m");
            }
            return new ExtractRequest(
                    version,
                    List.copyOf(events),
                    List.copyOf(candles.candles()),
                    symbol,
                    intervalMicros);
        }

        private void field(String name) throws IOException {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "feature_registry_version" -> version = text(name, value);
                case "symbol" -> {
                    symbol = text(name, value);
                    if (!Symbols.isSymbol(symbol)) {
                        throw ExtractErrors.invalid("/symbol", "out_of_range", "no such symbol");
                    }
                }
                case "interval" -> {
                    intervalMicros = RegistryDuration.micros(text(name, value)).orElse(0);
                    if (intervalMicros == 0) {
                        throw ExtractErrors.invalid(
                                "/interval", "out_of_range", "wanted a duration such as 1m or 4h");
                    }
                }
                case "events" -> {
                    list(name, value);
                    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                        event(i);
                    }
                }
                case "candles" -> {
                    list(name, value);
                    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                        candles.read(i);
                    }
                }
                default ->
                        throw ExtractErrors.invalid(
                                "", "unknown_field", "unknown field; known here: " + KNOWN);
            }
        }

        private String text(String name, JsonToken value) throws IOException {
            if (value != JsonToken.VALUE_STRING) {
                throw ExtractErrors.invalid("/" + name, "wrong_type", name + " must be a text");
            }
            return parser.getText();
        }

        private static void list(String name, JsonToken value) {
            if (value != JsonToken.START_ARRAY) {
                throw ExtractErrors.invalid("/" + name, "wrong_type", name + " must be a list");
            }
        }

        private void event(int index) throws IOException {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            EventType type = eventType();
            int end = (int) parser.currentLocation().getByteOffset();
            if (type == null) {
                wrong(
                        index,
                        "bad_enum",
                        "event_type: wanted one of trade, orderbook, kline, ticker, funding");
                return;
            }
            try {
                events.add(decoder.decode(type, Arrays.copyOfRange(body, from, end), nowMicros));
            } catch (RefusedException refused) {
                wrong(index, refused.reason().name().toLowerCase(Locale.ROOT), refused.detail());
            }
        }

        /** Steps over the event; answers the type it says, null when it says none. */
        private @Nullable EventType eventType() throws IOException {
            EventType type = null;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isType = parser.currentName().equals("event_type");
                if (parser.nextToken() == JsonToken.VALUE_STRING && isType) {
                    type = EventType.ofWireName(parser.getText()).orElse(null);
                } else {
                    parser.skipChildren();
                }
            }
            return type;
        }

        private void wrong(int index, String code, String detail) {
            errors.add("/events/" + index, code, detail);
        }
    }
}
