package io.tidemark.local.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a capture's events of one symbol come to: an independent, naive replay. */
final class Replayed {
    final Map<String, Integer> messages = new TreeMap<>();
    final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
    final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    final List<String> tradeIds = new ArrayList<>();
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal buyVolume = BigDecimal.ZERO;
    long updateId;
    long sequence;
    int gaps;

    static Map<String, Replayed> of(Capture capture) throws Exception {
        Map<String, Replayed> bySymbol = new HashMap<>();
        try (CaptureReading reading = capture.read()) {
            for (CapturedEvent e = reading.next(); e != null; e = reading.next()) {
                bySymbol.computeIfAbsent(e.symbol(), s -> new Replayed()).add(e);
            }
        }
        return bySymbol;
    }

    void add(CapturedEvent event) throws Exception {
        JsonNode payload = Json.read(new String(event.payload(), StandardCharsets.UTF_8));
        String topic = event.topic().substring(0, event.topic().lastIndexOf('.'));
        String type = payload.path("type").asText("item");
        messages.merge(topic + "/" + type, 1, Integer::sum);
        switch (event.type()) {
            case TRADE -> trade(payload);
            case ORDERBOOK -> book(payload, type.equals("snapshot"));
            case KLINE, TICKER, FUNDING -> {}
        }
    }

    private void trade(JsonNode payload) {
        BigDecimal size = new BigDecimal(payload.path("v").asText());
        tradeIds.add(payload.path("i").asText());
        volume = volume.add(size);
        if (payload.path("S").asText().equals("Buy")) {
            buyVolume = buyVolume.add(size);
        }
    }

    private void book(JsonNode payload, boolean snapshot) {
        if (snapshot) {
            bids.clear();
            asks.clear();
        } else if (payload.path("u").asLong() != updateId + 1) {
            gaps++;
        }
        updateId = payload.path("u").asLong();
        sequence = payload.path("seq").asLong();
        apply(payload.path("b"), bids);
        apply(payload.path("a"), asks);
    }

    private static void apply(JsonNode levels, Map<BigDecimal, BigDecimal> side) {
        for (JsonNode level : levels) {
            BigDecimal price = new BigDecimal(level.get(0).asText()).stripTrailingZeros();
            BigDecimal size = new BigDecimal(level.get(1).asText());
            if (size.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, size);
            }
        }
    }
}
