package io.tidemark.job.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.job.archive.FeatureColumns;
import io.tidemark.job.outcome.Outcome;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final long T = 1_765_112_006_000_000L;

    @Test
    void aRowGivesTheSameMessageEachTime() {
        FeatureColumns columns = FeatureColumns.of("1.0.0", List.of("mid_price", "ret_60s"));
        FeatureRow row =
                new FeatureRow("BTCUSDT", T, "1.0.0", new double[] {50000.5, Double.NaN}, 0, 0, 0);

        OutgoingMessage message = FeaturesLive.message(row, columns);

        assertThat(message.exchange()).isEqualTo("features.live");
        assertThat(message.routingKey()).isEqualTo("BTCUSDT");
        assertThat(message.properties().getMessageId())
                .isEqualTo("BTCUSDT:2025-12-07T12:53:26+00:00:1.0.0");
        assertThat(message.properties().getContentType()).isEqualTo("application/json");
        assertThat(text(message))
                .startsWith(
                        "{\"timestamp\":\"2025-12-07T12:53:26+00:00\",\"symbol\":\"BTCUSDT\",\"features\":{\"mid_price\":50000.5},\"feature_registry_version\":\"1.0.0\",\"trace_id\":\"");
        assertThat(FeaturesLive.message(row, columns).body()).isEqualTo(message.body());
    }

    @Test
    void aResyncRequestNamesTheTopicWhenTheDepthIsKnown() {
        OutgoingMessage message = ResyncQueue.message(new ResyncRequest("BTCUSDT", 50, "GAP", T));
        assertThat(message.exchange()).isEmpty();
        assertThat(message.routingKey()).isEqualTo("tidemark.resync");
        assertThat(text(message))
                .isEqualTo(
                        "{\"symbol\":\"BTCUSDT\",\"topic\":\"orderbook.50.BTCUSDT\",\"depth\":50,\"reason\":\"GAP\",\"detected_at_event_time\":\"2025-12-07T12:53:26.000000+00:00\"}");
        assertThat(text(ResyncQueue.message(new ResyncRequest("BTCUSDT", 0, "GAP", T))))
                .doesNotContain("topic");
    }

    @Test
    void anOutcomeNamesItsRowAndLabel() {
        OutgoingMessage message =
                OutcomesQueue.message(
                        new Outcome("BTCUSDT", T, "returns:60s", T + 60_000_000, 0.00125));
        assertThat(message.routingKey()).isEqualTo("tidemark.outcomes");
        assertThat(message.properties().getMessageId()).isEqualTo("BTCUSDT:" + T + ":returns:60s");
        assertThat(text(message))
                .isEqualTo(
                        "{\"symbol\":\"BTCUSDT\",\"timestamp\":\"2025-12-07T12:53:26.000000+00:00\",\"label\":\"returns:60s\",\"known_at\":\"2025-12-07T12:54:26.000000+00:00\",\"value\":0.00125}");
    }

    @Test
    void aRejectedMessageKeepsItsBodyAndHeadersAndSaysWhy() {
        OutgoingMessage message =
                RejectedQueue.message(rejected(Map.of("event_type", "trade", "x", "y")));
        assertThat(message.routingKey()).isEqualTo("tidemark.rejected");
        assertThat(text(message)).isEqualTo("{oops");
        assertThat(message.properties().getHeaders())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "event_type", "trade",
                                "x", "y",
                                "x-tidemark-reason", "MALFORMED",
                                "x-tidemark-detail", "wanted '\"', got 'o' at byte 1",
                                "x-tidemark-queue", "ws-gateway.trade",
                                "x-tidemark-body-length", 5,
                                "x-tidemark-ingested-micros", T));
    }

    @Test
    void headersNoFrameCanHoldAreDroppedAndCounted() {
        OutgoingMessage message =
                RejectedQueue.message(
                        rejected(
                                Map.of(
                                        "n".repeat(256),
                                        "v",
                                        "big",
                                        "v".repeat(70_000),
                                        "small",
                                        "v")));
        assertThat(message.properties().getHeaders())
                .containsEntry("small", "v")
                .containsEntry("x-tidemark-headers-dropped", 2)
                .doesNotContainKey("big");
    }

    @Test
    void settingsNeverShowTheUser() {
        assertThat(PublisherSettings.of("amqp://me:secret@broker:5672/v").toString())
                .isEqualTo(
                        "PublisherSettings[amqp://broker:5672/v, maxInFlight=1000, confirmTimeout=PT30S]");
    }

    private static RejectedMessage rejected(Map<String, String> headers) {
        byte[] body = "{oops".getBytes(StandardCharsets.UTF_8);
        return new RejectedMessage(
                "ws-gateway.trade",
                RejectReason.MALFORMED,
                "wanted '\"', got 'o' at byte 1",
                body,
                body.length,
                headers,
                T);
    }

    private static String text(OutgoingMessage message) {
        return new String(message.body(), StandardCharsets.UTF_8);
    }
}
