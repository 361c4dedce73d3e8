package io.tidemark.local.publish;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.util.List;

/**
 * Moves recorded events to another time, by whole milliseconds.
 *
 * <p>All times of a payload move, and so do the identities of trades and book messages: a recording
 * that is played twice, an hour apart, is two sets of events, not one set and its duplicates.
 * Candles move with the rest, so they no longer begin on a full minute.
 */
public final class TimeShift {
    /** Everything stays as it was recorded. */
    public static final TimeShift NONE = new TimeShift(0);

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final List<String> TIMES =
            List.of(
                    "T",
                    "cts",
                    "start",
                    "end",
                    "timestamp",
                    "nextFundingTime",
                    "fundingRateTimestamp");

    private final long millis;

    private TimeShift(long millis) {
        this.millis = millis;
    }

    /** The shift that brings one time to another, cut to whole milliseconds. */
    public static TimeShift between(long fromMicros, long toMicros) {
        return new TimeShift(Math.floorDiv(toMicros - fromMicros, 1_000L));
    }

    /** How far it moves, microseconds. */
    public long micros() {
        return millis * 1_000;
    }

    /**
     * The payload, moved.
     *
     * @throws IOException when it is no JSON object
     */
    byte[] payload(EventType type, byte[] payload) throws IOException {
        if (millis == 0) {
            return payload;
        }
        JsonNode json = MAPPER.readTree(payload);
        if (!(json instanceof ObjectNode object)) {
            throw new IOException("payload: wanted an object, got " + json.getNodeType());
        }
        TIMES.forEach(field -> time(object, field));
        if (type == EventType.TRADE) {
            tradeId(object);
        }
        if (type == EventType.ORDERBOOK && object.path("u").asLong() > 1) {
            // By a constant, so neighbours stay neighbours; 1 has a meaning of its own.
            object.put("u", object.path("u").asLong() + Math.abs(millis));
        }
        return MAPPER.writeValueAsBytes(object);
    }

    private void time(ObjectNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isIntegralNumber()) {
            object.put(field, value.asLong() + millis);
        } else if (value.asText().matches("[1-9][0-9]{0,17}")) {
            object.put(field, Long.toString(Long.parseLong(value.asText()) + millis));
        }
    }

    private void tradeId(ObjectNode trade) {
        String id = trade.path("i").asText();
        if (!trade.has("seq") && id.matches("[0-9]{1,18}")) {
            // A number orders trades of one instant; behind a suffix it would not.
            trade.put("seq", Long.parseLong(id));
        }
        trade.put("i", id + "-" + millis);
    }
}
