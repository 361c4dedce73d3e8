package io.tidemark.server.features;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.RefusedException;
import io.tidemark.server.problem.ProblemException;
import io.tidemark.server.problem.ProblemType;
import io.tidemark.server.request.JsonBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /features/extract}, checked: {@code {"feature_registry_version": "1.0.0",
 * "events": [envelope, ..]}}. Each event is cut out of the body as it stands and read by the
 * decoder the job uses; what it refuses is told by its place.
 *
 * @param events at least one
 */
record ExtractRequest(String version, List<MarketEvent> events) {
    private static final String DEFAULT_VERSION = "1.0.0";
    private static final int MOST_ERRORS = 20;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(50).build())
                    .build();

    static ExtractRequest read(byte[] body, long nowMicros) {
        try (JsonParser parser = JSON.createParser(body)) {
            return new Reader(body, parser, nowMicros).read();
        } catch (JsonProcessingException malformed) {
            throw invalid("", "malformed", JsonBody.fault(malformed));
        } catch (IOException e) {
            throw invalid("", "malformed", "the body is no JSON");
        }
    }

    private static ProblemException invalid(String pointer, String code, String detail) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                detail,
                Map.of("errors", List.of(error(pointer, code, detail))));
    }

    private static Map<String, String> error(String pointer, String code, String detail) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("pointer", pointer);
        error.put("code", code);
        error.put("detail", detail);
        return error;
    }

    private static final class Reader {
        private final byte[] body;
        private final JsonParser parser;
        private final long nowMicros;
        private final EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
        private final List<MarketEvent> events = new ArrayList<>();
        private final List<Map<String, String>> errors = new ArrayList<>();
        private String version = DEFAULT_VERSION;

        Reader(byte[] body, JsonParser parser, long nowMicros) {
            this.body = body;
            this.parser = parser;
            this.nowMicros = nowMicros;
        }

        ExtractRequest read() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("", "wrong_type", "the body must be an object with events");
            }
            if (parser.currentLocation().getByteOffset() < 0) {
                // Read through a decoder: there are no places in the body to cut events out at.
                throw invalid("", "bad_utf8", "the body must be UTF-8");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw invalid("", "malformed", "nothing may follow the object");
            }
            if (!errors.isEmpty()) {
                throw new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        "not every event can be read; the first: "
                                + errors.get(0).get("pointer")
                                + ": "
                                + errors.get(0).get("detail"),
                        Map.of("errors", errors));
            }
            if (events.isEmpty()) {
                throw invalid("/events", "missing", "events must hold at least one event");
            }
            return new ExtractRequest(version, List.copyOf(events));
        }

        private void field(String name) throws IOException {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "feature_registry_version" -> {
                    if (value != JsonToken.VALUE_STRING) {
                        throw invalid("/" + name, "wrong_type", name + " must be a text");
                    }
                    version = parser.getText();
                }
                case "events" -> {
                    if (value != JsonToken.START_ARRAY) {
                        throw invalid("/" + name, "wrong_type", name + " must be a list");
                    }
                    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                        event(i);
                    }
                }
                default ->
                        throw invalid(
                                "",
                                "unknown_field",
                                "unknown field; known here: events, feature_registry_version");
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
            if (errors.size() < MOST_ERRORS) {
                errors.add(error("/events/" + index, code, detail));
            }
        }
    }
}
