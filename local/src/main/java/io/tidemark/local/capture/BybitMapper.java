package io.tidemark.local.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schemas.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bybit v5 messages: one event per trade and candle, one per book and ticker message. Of the
 * message around the data, {@code type} goes into a book's and a ticker's payload, and so do {@code
 * cts} and {@code cs} when there.
 */
final class BybitMapper implements MessageMapper {
    private final SymbolNames names;
    private final SkippedCounts skipped;

    BybitMapper(SymbolNames names, SkippedCounts skipped) {
        this.names = names;
        this.skipped = skipped;
    }

    @Override
    public List<CapturedEvent> events(RecordedMessage message) {
        JsonNode json = message.json();
        String topic = json.path("topic").asText();
        JsonNode data = json.path("data");
        if (topic.isEmpty()) {
            skipped.add(notMarketData(json));
            return List.of();
        }
        Optional<EventType> type = typeOf(topic);
        if (type.isEmpty()) {
            skipped.add("messages of topic " + topic.replaceAll("\\..*", ""));
            return List.of();
        }
        if (!json.path("ts").canConvertToLong() || !data.isContainerNode()) {
            skipped.add("messages without ts or data");
            return List.of();
        }
        List<CapturedEvent> events = new ArrayList<>();
        for (JsonNode item : data.isArray() ? data : List.of(data)) {
            if (item instanceof ObjectNode payload) {
                events.add(event(type.get(), message, topic, payload));
            } else {
                skipped.add("items that are no objects");
            }
        }
        return events;
    }

    private CapturedEvent event(
            EventType type, RecordedMessage message, String topic, ObjectNode payload) {
        JsonNode json = message.json();
        if (type == EventType.ORDERBOOK || type == EventType.TICKER) {
            copy("type", json, payload);
            copy(type == EventType.ORDERBOOK ? "cts" : "cs", json, payload);
        }
        int dot = topic.lastIndexOf('.');
        String name = names.published(topic.substring(dot + 1), message.market());
        for (String field : List.of("s", "symbol")) {
            if (payload.has(field)) {
                payload.put(field, name);
            }
        }
        return new CapturedEvent(
                type,
                topic.substring(0, dot + 1) + name,
                json.path("ts").asLong() * 1_000,
                message.receivedMicros(),
                Json.bytes(payload),
                name,
                message.market());
    }

    private static void copy(String field, JsonNode from, ObjectNode to) {
        JsonNode value = from.get(field);
        if (value != null) {
            to.set(field, value);
        }
    }

    private static String notMarketData(JsonNode json) {
        return switch (json.path("op").asText()) {
            case "subscribe" -> "subscription answers";
            case "ping", "pong" -> "pongs";
            default -> "messages without a topic";
        };
    }

    private static Optional<EventType> typeOf(String topic) {
        return switch (topic.substring(0, Math.max(0, topic.indexOf('.')))) {
            case "publicTrade" -> Optional.of(EventType.TRADE);
            case "orderbook" -> Optional.of(EventType.ORDERBOOK);
            case "kline" -> Optional.of(EventType.KLINE);
            case "tickers" -> Optional.of(EventType.TICKER);
            default -> Optional.empty();
        };
    }
}
