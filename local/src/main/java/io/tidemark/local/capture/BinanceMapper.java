package io.tidemark.local.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schemas.event.EventType;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binance streams as Bybit v5 events: depth changes and REST snapshots as an order book of
 * unbounded depth, trades, mark prices as ticker changes, and, when asked for, best prices as
 * one-level books.
 */
final class BinanceMapper implements MessageMapper {
    private final SymbolNames names;
    private final SkippedCounts skipped;
    private final boolean bestPrices;
    private final Function<Market, @Nullable String> onlySymbol;
    private final Map<String, BinanceDepth> books = new HashMap<>();

    /**
     * @param bestPrices whether bookTicker messages become one-level books
     * @param onlySymbol the symbol of a snapshot that names none; null when it could be several
     */
    BinanceMapper(
            SymbolNames names,
            SkippedCounts skipped,
            boolean bestPrices,
            Function<Market, @Nullable String> onlySymbol) {
        this.names = names;
        this.skipped = skipped;
        this.bestPrices = bestPrices;
        this.onlySymbol = onlySymbol;
    }

    /** The symbol of a stream's name: {@code btcusd_perp} is BTCUSD_PERP. */
    static String symbol(String stream) {
        return stream.toUpperCase(Locale.ROOT);
    }

    /** The market a line betrays; null when it could be any. */
    static @Nullable Market marketOf(String line) {
        if (line.contains("\"ps\":") || line.contains("\"pair\":")) {
            return Market.INVERSE;
        }
        if (line.contains("\"e\":\"trade\"") && line.contains("\"M\":")) {
            return Market.SPOT;
        }
        if (line.contains("\"e\":\"depthUpdate\"")) {
            return line.contains("\"pu\":") ? Market.LINEAR : Market.SPOT;
        }
        return null;
    }

    @Override
    public List<CapturedEvent> events(RecordedMessage message) {
        JsonNode json = message.json();
        if (json.has("lastUpdateId")) {
            return snapshot(message);
        }
        String stream = json.path("stream").asText();
        JsonNode data = json.path("data");
        if (!stream.contains("@") || !data.isObject()) {
            skipped.add("messages without a stream");
            return List.of();
        }
        String symbol = symbol(stream.substring(0, stream.indexOf('@')));
        RecordedMessage inner =
                new RecordedMessage(message.receivedMicros(), message.market(), data);
        String kind = data.path("e").asText(stream.endsWith("@bookTicker") ? "bookTicker" : "");
        return switch (kind) {
            case "depthUpdate" -> changes(symbol, inner);
            case "trade" -> trade(symbol, inner);
            case "markPriceUpdate" -> markPrice(symbol, inner);
            case "bookTicker" -> bestPrices(symbol, inner);
            default -> {
                skipped.add("messages of stream " + stream.substring(stream.indexOf('@') + 1));
                yield List.of();
            }
        };
    }

    private List<CapturedEvent> snapshot(RecordedMessage message) {
        String named = message.json().path("symbol").asText();
        String symbol = named.isEmpty() ? onlySymbol.apply(message.market()) : symbol(named);
        if (symbol == null) {
            skipped.add("snapshots that do not name their symbol");
            return List.of();
        }
        return book(symbol, book(symbol, message.market()).snapshot(message));
    }

    private List<CapturedEvent> changes(String symbol, RecordedMessage message) {
        return book(symbol, book(symbol, message.market()).change(message));
    }

    private BinanceDepth book(String symbol, Market market) {
        return books.computeIfAbsent(market + symbol, s -> new BinanceDepth(skipped));
    }

    private List<CapturedEvent> book(String symbol, List<BinanceDepth.Numbered> numbered) {
        return numbered.stream().map(one -> book(symbol, one.message(), one.updateId())).toList();
    }

    private CapturedEvent book(String symbol, RecordedMessage message, long updateId) {
        JsonNode json = message.json();
        boolean snapshot = json.has("lastUpdateId");
        ObjectNode payload = Json.object();
        payload.put("type", snapshot ? "snapshot" : "delta");
        payload.put("s", names.published(symbol, message.market()));
        payload.set("b", json.path(snapshot ? "bids" : "b"));
        payload.set("a", json.path(snapshot ? "asks" : "a"));
        payload.put("u", updateId);
        payload.put("seq", json.path(snapshot ? "lastUpdateId" : "u").asLong());
        if (json.has("T")) {
            payload.put("cts", json.path("T").asLong());
        }
        return event(EventType.ORDERBOOK, "orderbook.0.", symbol, message, payload);
    }

    private List<CapturedEvent> trade(String symbol, RecordedMessage message) {
        JsonNode json = message.json();
        if (!isPositive(json.path("p"))
                || !isPositive(json.path("q"))
                || json.path("X").asText().equals("NA")) {
            skipped.add("trades that are none (no price or size, or X=NA)");
            return List.of();
        }
        ObjectNode payload = Json.object();
        payload.put("T", json.path("T").asLong());
        payload.put("s", names.published(symbol, message.market()));
        // m: the buyer is the maker, so the taker sells.
        payload.put("S", json.path("m").asBoolean() ? "Sell" : "Buy");
        payload.put("v", json.path("q").asText());
        payload.put("p", json.path("p").asText());
        payload.put("i", json.path("t").asText());
        payload.put("BT", false);
        return List.of(event(EventType.TRADE, "publicTrade.", symbol, message, payload));
    }

    private List<CapturedEvent> markPrice(String symbol, RecordedMessage message) {
        JsonNode json = message.json();
        ObjectNode payload = Json.object();
        payload.put("type", "delta");
        payload.put("symbol", names.published(symbol, message.market()));
        copyText(json, "p", payload, "markPrice");
        copyText(json, "i", payload, "indexPrice");
        copyText(json, "r", payload, "fundingRate");
        if (json.path("T").asLong() > 0) {
            payload.put("nextFundingTime", json.path("T").asText());
        }
        return List.of(event(EventType.TICKER, "tickers.", symbol, message, payload));
    }

    private List<CapturedEvent> bestPrices(String symbol, RecordedMessage message) {
        if (!bestPrices) {
            skipped.add("best prices (bookTicker)");
            return List.of();
        }
        JsonNode json = message.json();
        ObjectNode payload = Json.object();
        payload.put("type", "snapshot");
        payload.put("s", names.published(symbol, message.market()));
        payload.putArray("b").addArray().add(json.path("b")).add(json.path("B"));
        payload.putArray("a").addArray().add(json.path("a")).add(json.path("A"));
        payload.put("u", json.path("u").asLong());
        payload.put("seq", json.path("u").asLong());
        if (json.has("T")) {
            payload.put("cts", json.path("T").asLong());
        }
        return List.of(event(EventType.ORDERBOOK, "orderbook.1.", symbol, message, payload));
    }

    private CapturedEvent event(
            EventType type,
            String topic,
            String symbol,
            RecordedMessage message,
            ObjectNode payload) {
        String name = names.published(symbol, message.market());
        JsonNode exchangeTime = message.json().path("E");
        return new CapturedEvent(
                type,
                topic + name,
                // Spot best prices and REST snapshots carry no time of their own.
                exchangeTime.canConvertToLong()
                        ? exchangeTime.asLong() * 1_000
                        : message.receivedMicros(),
                message.receivedMicros(),
                Json.bytes(payload),
                name,
                message.market());
    }

    private static void copyText(JsonNode from, String field, ObjectNode to, String name) {
        String text = from.path(field).asText();
        if (!text.isEmpty()) {
            to.put(name, text);
        }
    }

    private static boolean isPositive(JsonNode number) {
        try {
            return new BigDecimal(number.asText()).signum() > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
