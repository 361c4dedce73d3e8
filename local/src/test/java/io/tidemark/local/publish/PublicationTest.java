package io.tidemark.local.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.tidemark.local.broker.EmbeddedBroker;
import io.tidemark.local.capture.Capture;
import io.tidemark.local.publish.GatewayQueues.QueueLimits;
import io.tidemark.local.publish.Publication.Progress;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.local.testdata.FreePort;
import io.tidemark.local.testdata.SharedData;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.MarketQueues;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
    private static final String CAPTURE =
            "1_ws_capture/bybit_v5/split_DEV_linear-BTCUSDT-SOLUSDT_spot-BTCUSDT_20260809.jsonl.gz";

    @TempDir static Path data;
    private static @Nullable EmbeddedBroker broker;
    private final List<Connection> connections = new ArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(data, FreePort.find());
    }

    @AfterAll
    static void stopBroker() {
        Objects.requireNonNull(broker).close();
    }

    @BeforeEach
    void makeQueues() throws Exception {
        GatewayQueues.ensure(connection(), MarketQueues.GATEWAY, QueueLimits.GATEWAY);
    }

    @AfterEach
    void removeQueues() throws Exception {
        // A test may have removed one: deleting what is absent is an error.
        GatewayQueues.ensure(connection(), MarketQueues.GATEWAY, QueueLimits.GATEWAY);
        Channel channel = connection().createChannel();
        for (EventType type : EventType.values()) {
            channel.queueDelete(MarketQueues.GATEWAY.of(type, ""));
        }
        for (Connection connection : connections) {
            connection.abort();
        }
    }

    private Connection connection() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(Objects.requireNonNull(broker).uri());
        factory.setAutomaticRecoveryEnabled(false);
        Connection connection = factory.newConnection();
        connections.add(connection);
        return connection;
    }

    private static MessageSource of(List<OutgoingMessage> messages) {
        var rest = messages.iterator();
        return new MessageSource() {
            @Override
            public @Nullable OutgoingMessage next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public double fractionRead() {
                return rest.hasNext() ? 0.5 : 1;
            }

            @Override
            public void close() {}
        };
    }

    private static List<OutgoingMessage> simulated(int count) {
        SimulatorSource source =
                new SimulatorSource(
                        new MarketSimulator(
                                new SimulatorSettings(List.of("BTCUSDT"), 400, 1),
                                1_790_000_000_000_000L));
        List<OutgoingMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(source.next());
        }
        return messages;
    }

    /** The last confirm must be counted before the wait for it ends, in every publication. */
    @Test
    void everyMessageIsCountedAsConfirmedAtTheEnd() throws Exception {
        List<OutgoingMessage> one = simulated(1);
        Connection connection = connection();
        for (int run = 0; run < 300; run++) {
            Progress end = publication(of(one), 20_000, new StopSignal()).run(connection);
            assertThat(end.confirmed()).as("run %d", run).isEqualTo(1);
        }
    }

    private static Publication publication(MessageSource source, long maxBacklog, StopSignal stop) {
        return new Publication(
                source, MarketQueues.GATEWAY, Speed.MAX, maxBacklog, stop, progress -> {});
    }

    @Test
    void everythingPublishedIsConfirmedPersistentAndInItsQueue() throws Exception {
        List<OutgoingMessage> messages = simulated(2_500);
        Progress end = publication(of(messages), 50_000, new StopSignal()).run(connection());
        assertThat(end.ended()).isTrue();
        assertThat(end.published()).isEqualTo(2_500);
        assertThat(end.confirmed()).isEqualTo(2_500);
        Channel channel = connection().createChannel();
        OutgoingMessage first =
                messages.stream()
                        .filter(m -> m.type() == EventType.TRADE)
                        .findFirst()
                        .orElseThrow();
        GetResponse got = channel.basicGet("ws-gateway.trade", false);
        assertThat(got.getBody()).isEqualTo(first.body());
        assertThat(got.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(got.getProps().getHeaders().get("event_type")).hasToString("trade");
        assertThat(got.getProps().getHeaders().get("topic")).hasToString("publicTrade.BTCUSDT");
        assertThat(got.getProps().getHeaders().get("trace_id")).hasToString(first.traceId());
    }

    @Test
    void aRecordingArrivesWholeAndPublishingItAgainRepeatsTheSameBytes() throws Exception {
        Capture capture = Capture.of(List.of(SharedData.path(CAPTURE)), Optional.empty(), false);
        Map<EventType, List<byte[]>> first = publishedBodies(capture, Optional.empty());
        assertThat(first.get(EventType.TRADE)).hasSize(56 + 165 + 11);
        assertThat(first.get(EventType.ORDERBOOK)).hasSize(414 + 383 + 300);
        assertThat(first.get(EventType.TICKER)).hasSize(185 + 193 + 41);
        Map<EventType, List<byte[]>> again = publishedBodies(capture, Optional.empty());
        for (EventType type : first.keySet()) {
            assertThat(again.get(type))
                    .as(type.wireName())
                    .containsExactlyElementsOf(first.get(type));
        }
    }

    private Map<EventType, List<byte[]>> publishedBodies(Capture capture, Optional<Instant> at)
            throws Exception {
        try (CaptureSource source = new CaptureSource(capture, at)) {
            Progress end = publication(source, 50_000, new StopSignal()).run(connection());
            assertThat(end.fractionRead()).isEqualTo(1.0);
        }
        Channel channel = connection().createChannel();
        Map<EventType, List<byte[]>> bodies = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            List<byte[]> list = bodies.computeIfAbsent(type, t -> new ArrayList<>());
            for (GetResponse got = channel.basicGet(MarketQueues.GATEWAY.of(type, ""), true);
                    got != null;
                    got = channel.basicGet(MarketQueues.GATEWAY.of(type, ""), true)) {
                list.add(got.getBody());
            }
        }
        return bodies;
    }

    @Test
    void timesThatBeginNowMoveEveryTimeAndGiveNewIdentities() throws Exception {
        Capture capture = Capture.of(List.of(SharedData.path(CAPTURE)), Optional.empty(), false);
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        List<byte[]> recorded =
                Objects.requireNonNull(
                        publishedBodies(capture, Optional.empty()).get(EventType.TRADE));
        List<byte[]> moved =
                Objects.requireNonNull(
                        publishedBodies(capture, Optional.of(now)).get(EventType.TRADE));
        assertThat(moved).hasSameSizeAs(recorded);
        EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
        long ingested = now.plusSeconds(3600).getEpochSecond() * 1_000_000;
        long shift = 0;
        for (int i = 0; i < recorded.size(); i++) {
            MarketEvent was = decoder.decode(EventType.TRADE, recorded.get(i), ingested);
            MarketEvent is = decoder.decode(EventType.TRADE, moved.get(i), ingested);
            long by = is.eventTimeMicros() - was.eventTimeMicros();
            assertThat(by).isEqualTo(shift == 0 ? by : shift);
            shift = by;
            assertThat(is.header().messageTimeMicros() - was.header().messageTimeMicros())
                    .isEqualTo(by);
            assertThat(is.header().id())
                    .startsWith(was.header().id())
                    .isNotEqualTo(was.header().id());
            assertThat(is.header().sequence()).isEqualTo(was.header().sequence());
            assertThat(((Trade) is).price()).isEqualTo(((Trade) was).price());
        }
    }

    @Test
    void movedCandlesBooksAndTickersKeepTheirShape() throws Exception {
        byte[] candle =
                "{\"start\":60000,\"end\":119999,\"timestamp\":61000,\"open\":\"1\"}"
                        .getBytes(StandardCharsets.UTF_8);
        TimeShift shift = TimeShift.between(0, 5_000_999);
        assertThat(shift.micros()).isEqualTo(5_000_000);
        assertThat(shift.payload(EventType.KLINE, candle))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"start\":65000,\"end\":124999,\"timestamp\":66000,\"open\":\"1\"}");
        byte[] ticker =
                "{\"nextFundingTime\":\"60000\",\"fundingRate\":\"0.0001\"}"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(shift.payload(EventType.TICKER, ticker))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"nextFundingTime\":\"65000\",\"fundingRate\":\"0.0001\"}");
        byte[] book = "{\"u\":7,\"cts\":1000}".getBytes(StandardCharsets.UTF_8);
        assertThat(shift.payload(EventType.ORDERBOOK, book))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"u\":5007,\"cts\":6000}");
        byte[] trade = "{\"T\":1000,\"i\":\"42\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(shift.payload(EventType.TRADE, trade))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"T\":6000,\"i\":\"42-5000\",\"seq\":42}");
    }

    @Test
    void aQueueThatIsGoneIsAnErrorThatNamesIt() throws Exception {
        connection().createChannel().queueDelete("ws-gateway.orderbook");
        assertThatThrownBy(
                        () ->
                                publication(of(simulated(200)), 50_000, new StopSignal())
                                        .run(connection()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("queue ws-gateway.orderbook is gone");
    }

    @Test
    void aMessageThatCannotBeRoutedIsAnErrorThatNamesItsQueue() throws Exception {
        connection().createChannel().queueDelete("ws-gateway.orderbook");
        try (ConfirmedPublisher publisher =
                ConfirmedPublisher.on(connection(), MarketQueues.GATEWAY)) {
            assertThatThrownBy(
                            () -> {
                                for (OutgoingMessage message : simulated(200)) {
                                    publisher.publish(message);
                                }
                                publisher.flush();
                            })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ws-gateway.orderbook");
        }
    }

    @Test
    void aFullQueueHoldsThePublicationUntilItIsStopped() throws Exception {
        StopSignal stop = new StopSignal();
        Publication publication =
                new Publication(
                        of(simulated(5_000)),
                        MarketQueues.GATEWAY,
                        Speed.MAX,
                        100,
                        stop,
                        progress -> {
                            if (progress.waiting()) {
                                stop.give();
                            }
                        });
        Progress end = publication.run(connection());
        assertThat(end.ended()).isFalse();
        // The backlog is looked at once in a thousand messages.
        assertThat(end.published()).isEqualTo(1_000);
        assertThat(end.confirmed()).isEqualTo(1_000);
    }

    @Test
    void queuesThatAreThereAreTakenAsTheyAre() throws Exception {
        Channel channel = connection().createChannel();
        channel.queueDelete("ws-gateway.trade");
        channel.queueDeclare("ws-gateway.trade", true, false, false, Map.of("qpid.max_count", 7));
        GatewayQueues.ensure(connection(), MarketQueues.GATEWAY, QueueLimits.GATEWAY);
        assertThat(channel.queueDeclarePassive("ws-gateway.trade").getQueue())
                .isEqualTo("ws-gateway.trade");
    }

    @Test
    void speedsAreReadAndWrongOnesRefused() {
        assertThat(Speed.parse("max")).isEqualTo(Speed.MAX);
        assertThat(Speed.parse("10").nanosFor(1_000_000)).isEqualTo(100_000_000);
        assertThat(Speed.MAX.nanosFor(1_000_000)).isZero();
        assertThatThrownBy(() -> Speed.parse("fast")).hasMessageContaining("got 'fast'");
        assertThatThrownBy(() -> Speed.parse("0")).hasMessageContaining("got 0.0");
        assertThatThrownBy(() -> Speed.parse("NaN")).hasMessageContaining("got NaN");
    }
}
