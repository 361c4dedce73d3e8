package io.tidemark.local.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketQueues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One message of each bad kind among good ones: refused with its reason, kept, counted; the stream
 * goes on.
 */
class BadMessagesIT {
    private static final long NOW = System.currentTimeMillis();

    @TempDir Path data;
    private RealPlatform platform;

    @BeforeEach
    void start() throws Exception {
        platform = RealPlatform.orSkip(data, Map.of(), 1, Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void isRefusedWithItsReasonAndTheStreamGoesOn() throws Exception {
        Map<String, byte[]> bad = bad();
        long good = 0;
        try (Channel channel = platform.parts().connection().createChannel()) {
            channel.confirmSelect();
            for (byte[] body : bad.values()) {
                publish(channel, text(trade("good-" + good++, "50000.5")));
                publish(channel, body);
            }
            publish(channel, text(trade("good-" + good++, "50000.5")));
            channel.waitForConfirmsOrDie(60_000);

            Archive archive = new Archive(data.resolve("archive"));
            long expected = good;
            Until.holds("good ones", Duration.ofMinutes(1), () -> archive.count("raw") >= expected);
            Until.holds(
                    "bad ones",
                    Duration.ofMinutes(1),
                    () -> archive.count("rejected") >= bad.size());

            assertThat(archive.count("raw")).isEqualTo(good);
            Booked.becomes(new Booked(good, 0, 0, bad.size()), platform.parts().databaseUrl());
            assertThat(reasons(archive)).isEqualTo(expectedReasons(bad));
            assertThat(
                            archive.query(
                                    "SELECT max(octet_length(body)), max(body_length) FROM {rejected}"))
                    .containsExactly(List.of((long) (1 << 20), 5 << 20));
            Map<String, Long> queued = new TreeMap<>();
            GetResponse message = channel.basicGet("tidemark.rejected", true);
            while (message != null) {
                queued.merge(
                        String.valueOf(message.getProps().getHeaders().get("x-tidemark-reason")),
                        1L,
                        Long::sum);
                message = channel.basicGet("tidemark.rejected", true);
            }
            assertThat(queued).isEqualTo(expectedReasons(bad));
        }
        assertThat(platform.flink().status()).isEqualTo(JobStatus.RUNNING);
    }

    private static Map<String, Long> reasons(Archive archive) throws Exception {
        Map<String, Long> counts = new TreeMap<>();
        for (List<Object> row :
                archive.query("SELECT reason, count(*) FROM {rejected} GROUP BY reason")) {
            counts.put(row.get(0).toString(), ((Number) row.get(1)).longValue());
        }
        return counts;
    }

    /** The keys of {@link #bad} begin with the reason. */
    private static Map<String, Long> expectedReasons(Map<String, byte[]> bad) {
        Map<String, Long> counts = new TreeMap<>();
        bad.keySet()
                .forEach(key -> counts.merge(key.substring(0, key.indexOf(' ')), 1L, Long::sum));
        return counts;
    }

    private static Map<String, byte[]> bad() {
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("EMPTY_BODY nothing", new byte[0]);
        bad.put("MALFORMED cut off", text("{\"event_type\":\"trade\",\"pay"));
        bad.put("MALFORMED serialized Java", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r'});
        bad.put("MALFORMED NaN token", text(trade("x", "1").replace("\"1\"", "NaN")));
        bad.put("NOT_AN_OBJECT array", text("[1,2]"));
        bad.put(
                "BAD_ENCODING not UTF-8",
                new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        bad.put("BAD_ENCODING UTF-16", trade("x", "1").getBytes(StandardCharsets.UTF_16LE));
        bad.put("TRAILING_DATA two objects", text(trade("x", "1") + trade("y", "1")));
        bad.put("TOO_DEEP nesting", text("{\"unknown\":" + "[".repeat(100_000)));
        bad.put("MISSING_FIELD price", text(trade("x", "1").replace("\"p\":\"1\",", "")));
        bad.put("WRONG_TYPE price", text(trade("x", "1").replace("\"p\":\"1\"", "\"p\":{}")));
        bad.put("OUT_OF_RANGE negative", text(trade("x", "-1")));
        bad.put("OUT_OF_RANGE zero", text(trade("x", "0")));
        bad.put("OUT_OF_RANGE huge", text(trade("x", "1e300")));
        bad.put("BAD_ENUM side", text(trade("x", "1").replace("\"Buy\"", "\"HOLD\"")));
        bad.put("BAD_SYMBOL path", text(trade("x", "1").replace("BTCUSDT", "../ETC")));
        bad.put("TIMESTAMP_FUTURE far", text(trade("x", "1").replace(now(), "4102444700000")));
        bad.put(
                "DUPLICATE_KEY price",
                text(trade("x", "1").replace("\"p\":\"1\"", "\"p\":\"1\",\"p\":\"2\"")));
        bad.put("WRONG_QUEUE ticker", text(trade("x", "1").replace("\"trade\"", "\"ticker\"")));
        bad.put(
                "TOO_LARGE five megabytes",
                "x".repeat(5 << 20).getBytes(StandardCharsets.US_ASCII));
        return bad;
    }

    private static String now() {
        return Long.toString(NOW);
    }

    private static String trade(String id, String price) {
        return ("{\"event_id\":\"e-%s\",\"event_type\":\"trade\",\"topic\":\"publicTrade.BTCUSDT\",\"timestamp\":\"%s\","
                        + "\"payload\":{\"T\":%s,\"s\":\"BTCUSDT\",\"S\":\"Buy\",\"v\":\"0.5\",\"p\":\"%s\",\"i\":\"%s\"},"
                        + "\"trace_id\":\"t\"}")
                .formatted(
                        id,
                        Instant.ofEpochMilli(NOW).toString().replace("Z", ""),
                        now(),
                        price,
                        id);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void publish(Channel channel, byte[] body) throws Exception {
        channel.basicPublish(
                "",
                MarketQueues.GATEWAY.of(EventType.TRADE, ""),
                new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                body);
    }
}
