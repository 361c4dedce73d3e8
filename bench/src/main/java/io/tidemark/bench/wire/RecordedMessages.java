package io.tidemark.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Messages a Bybit connection really sent, in the gateway's envelope: one a trade or candle, one a
 * book or ticker message. The recording is not part of this project: it is looked for as {@code
 * shared/data} beside the working directory or above it.
 */
final class RecordedMessages {
    private static final String RECORDING =
            "shared/data/1_ws_capture/bybit_v5/split_DEV_linear-BTCUSDT-SOLUSDT_spot-BTCUSDT_20260809.jsonl.gz";

    private final ObjectMapper json = new ObjectMapper();
    private final EnvelopeEncoder encoder = new EnvelopeEncoder();

    private RecordedMessages() {}

    /**
     * The bodies of that type, in the order received.
     *
     * @throws IOException when the recording is not there
     */
    static List<byte[]> of(EventType type) throws IOException {
        RecordedMessages messages = new RecordedMessages();
        List<byte[]> bodies = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(recording())),
                                StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                messages.addTo(bodies, type, line);
            }
        }
        if (bodies.isEmpty()) {
            throw new IOException("the recording holds no " + type.wireName());
        }
        return bodies;
    }

    private void addTo(List<byte[]> bodies, EventType type, String line) throws IOException {
        JsonNode recorded = json.readTree(line);
        if (!recorded.path("t").asText().equals("recv")) {
            return;
        }
        JsonNode message = json.readTree(recorded.path("data").asText());
        String topic = message.path("topic").asText();
        if (!topic.startsWith(topicOf(type))) {
            return;
        }
        long timeMicros = message.path("ts").asLong() * 1_000;
        JsonNode data = message.path("data");
        if (data.isArray()) {
            for (JsonNode item : data) {
                bodies.add(envelope(type, topic, timeMicros, item));
            }
            return;
        }
        ObjectNode payload = data.deepCopy();
        payload.set("type", message.path("type"));
        if (message.has("cts")) {
            payload.set("cts", message.path("cts"));
        }
        bodies.add(envelope(type, topic, timeMicros, payload));
    }

    private byte[] envelope(EventType type, String topic, long timeMicros, JsonNode payload)
            throws IOException {
        return encoder.encode(
                type,
                topic,
                timeMicros,
                timeMicros + 100_000,
                "0b0b6b5e-6d3c-4a53-9c0a-0a8f5c1d2e3f",
                "5c1d2e3f-0a8f-4a53-9c0a-0b0b6b5e6d3c",
                json.writeValueAsBytes(payload));
    }

    private static String topicOf(EventType type) {
        return switch (type) {
            case TRADE -> "publicTrade.";
            case ORDERBOOK -> "orderbook.";
            case KLINE -> "kline.";
            case TICKER -> "tickers.";
            case FUNDING -> "funding.";
        };
    }

    private static Path recording() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve(RECORDING);
            if (Files.isReadable(file)) {
                return file;
            }
        }
        throw new IOException("wanted %s in a directory above, found none".formatted(RECORDING));
    }
}
