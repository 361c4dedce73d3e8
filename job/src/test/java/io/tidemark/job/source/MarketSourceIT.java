package io.tidemark.job.source;

import static io.tidemark.job.source.TestQueues.START;
import static io.tidemark.job.source.TestQueues.ids;
import static io.tidemark.job.source.TestQueues.trade;
import static io.tidemark.schemas.event.EventType.KLINE;
import static io.tidemark.schemas.event.EventType.TRADE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Connection;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Inbound;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the RabbitMQ that {@code TIDEMARK_TEST_AMQP_URI} names; skipped without. */
class MarketSourceIT {
    private TestQueues queues;

    @BeforeEach
    void connect() throws Exception {
        queues = TestQueues.orSkip();
    }

    @AfterEach
    void disconnect() throws Exception {
        if (queues != null) {
            queues.close();
        }
    }

    @Test
    void theBrokerForgetsWhatACompletedCheckpointHoldsAndNothingElse() throws Exception {
        try (ReaderHarness reader = reader(1_000, List.of(queues.unread(TRADE)))) {
            queues.publishTrades(0, 300);
            reader.until(() -> reader.records.size() == 200);
            reader.checkpoint(1);
            reader.until(() -> reader.records.size() == 300);
            reader.checkpoint(2);
            reader.complete(1);
            reader.untilQuietFor(Duration.ofMillis(300));
        }

        awaitReady(100);
        assertThat(idsRead(List.of(queues.unread(TRADE)), 100)).isEqualTo(ids(200, 300));
    }

    @Test
    void whatTheCheckpointHoldsIsNotEmittedAgainAndTheRestIs() throws Exception {
        queues.declare(TRADE, Map.of());
        queues.publishTrades(0, 300);
        List<QueueSplit> state;
        try (ReaderHarness reader = reader(1_000, List.of(queues.unread(TRADE)))) {
            reader.until(() -> reader.records.size() == 200);
            state = reader.checkpoint(1);
            reader.until(() -> reader.records.size() == 300);
        }
        awaitReady(300);

        try (ReaderHarness reader = reader(1_000, state)) {
            reader.until(() -> reader.records.size() == 100);
            reader.untilQuietFor(Duration.ofMillis(300));
            assertThat(idsOf(reader.records)).isEqualTo(ids(200, 300));
            reader.checkpoint(2);
            reader.complete(2);
            reader.untilQuietFor(Duration.ofMillis(300));
        }
        assertThat(queues.ready(TRADE)).isZero();
    }

    /**
     * The other end of the first connection is gone without a word, and the broker would give it
     * every second message of those that come now.
     */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void aQueueThatALostConnectionStillReadsIsNotSharedWithIt(String kind) throws Exception {
        queues.declare(TRADE, Map.of("x-queue-type", kind));
        queues.publishTrades(0, 300);
        ReaderHarness lost = reader(1_000, List.of(queues.unread(TRADE)));
        lost.until(() -> lost.records.size() == 200);
        List<QueueSplit> state = lost.checkpoint(1);
        lost.until(() -> lost.records.size() == 300);

        CompletableFuture<ReaderHarness> next =
                CompletableFuture.supplyAsync(() -> reader(1_000, state));
        queues.publishTrades(300, 400);
        // Time to be given some of them, if it could be.
        Thread.sleep(1_000);
        assertThat(next).isNotDone();
        lost.close();
        try (ReaderHarness reader = next.get()) {
            reader.until(() -> reader.records.size() == 200);
            assertThat(idsOf(reader.records)).isEqualTo(ids(200, 400));
        }
    }

    /**
     * A reader begins its queues one after the other, and takes nothing meanwhile: what the first
     * brings must not stand before the answers about the second, which still has another reader.
     */
    @Test
    void aFullQueueDoesNotKeepTheNextFromBeingRead() throws Exception {
        queues.declare(TRADE, Map.of());
        queues.declare(KLINE, Map.of());
        queues.publishTrades(0, 20_000);
        ReaderHarness other = reader(1_000, List.of(queues.unread(KLINE)));
        CompletableFuture<ReaderHarness> next =
                CompletableFuture.supplyAsync(
                        () -> reader(65_535, List.of(queues.unread(TRADE), queues.unread(KLINE))));
        // Time for the first queue to fill all there is.
        Thread.sleep(2_000);
        other.close();
        try (ReaderHarness reader = next.get(30, TimeUnit.SECONDS)) {
            reader.until(() -> reader.records.size() == 20_000);
        }
    }

    /**
     * Forty queues behind a full one stood still for ever on one connection, on a machine that was
     * busy enough to hold up the client's thread between two steps. That cannot be had at will, so
     * this looks at what rules it out; see {@link QueueConnection}.
     */
    @Test
    void everyQueueHasAConnectionOfItsOwn() throws Exception {
        ReadProgress progress =
                new ReadProgress(new EventClock(1_000, 0), 1_000_000_000, System.nanoTime());
        try (Inbox inbox = new Inbox();
                BrokerSession session =
                        new BrokerSession(
                                queues.broker,
                                queues.settings(100),
                                1_000,
                                inbox,
                                progress,
                                "test")) {
            Set<Connection> connections = new HashSet<>();
            for (EventType type : EventType.values()) {
                OpenQueue queue =
                        session.read(
                                        queues.unread(type),
                                        new UnregisteredMetricsGroup(),
                                        System::currentTimeMillis)
                                .orElseThrow();
                connections.add(queue.channel().getConnection());
            }
            assertThat(connections).hasSameSizeAs(EventType.values());
        }
    }

    /** A restore after a restore: what is still awaited stays in the state. */
    @Test
    void whatTheCheckpointHoldsIsKnownTwoRestoresLater() throws Exception {
        queues.declare(TRADE, Map.of());
        queues.publishTrades(0, 100);
        List<QueueSplit> state;
        try (ReaderHarness first = reader(100, List.of(queues.unread(TRADE)))) {
            first.until(() -> first.records.size() == 100);
            state = first.checkpoint(1);
        }
        // Before anything is taken: the second has not been given a message when it is lost too.
        try (ReaderHarness second = reader(100, state)) {
            state = second.checkpoint(2);
        }

        try (ReaderHarness third = reader(100, state)) {
            third.untilQuietFor(Duration.ofMillis(500));
            assertThat(third.records).isEmpty();
        }
    }

    @Test
    void aMessagePublishedTwiceIsTwoMessagesBeforeAndAfterARestore() throws Exception {
        queues.declare(TRADE, Map.of());
        byte[] body = trade(1).getBytes(StandardCharsets.UTF_8);
        queues.publishAndConfirm(TRADE, body);
        List<QueueSplit> state;
        try (ReaderHarness reader = reader(100, List.of(queues.unread(TRADE)))) {
            reader.until(() -> reader.records.size() == 1);
            state = reader.checkpoint(1);
            queues.publishAndConfirm(TRADE, body);
            reader.until(() -> reader.records.size() == 2);
        }
        awaitReady(2);

        try (ReaderHarness reader = reader(100, state)) {
            reader.until(() -> reader.records.size() == 1);
            reader.untilQuietFor(Duration.ofMillis(300));
            assertThat(reader.records).hasSize(1);
        }
    }

    @Test
    void aRefusedMessageIsNotEmittedAgainEither() throws Exception {
        queues.declare(TRADE, Map.of());
        queues.publishAndConfirm(TRADE, new byte[0]);
        List<QueueSplit> state;
        try (ReaderHarness reader = reader(100, List.of(queues.unread(TRADE)))) {
            reader.until(() -> reader.records.size() == 1);
            assertThat(reader.records.get(0)).isInstanceOf(RejectedMessage.class);
            state = reader.checkpoint(1);
        }
        awaitReady(1);

        try (ReaderHarness reader = reader(100, state)) {
            queues.publishTrades(0, 1);
            reader.until(() -> reader.records.size() == 1);
            assertThat(idsOf(reader.records)).isEqualTo(ids(0, 1));
        }
    }

    /** RMQSource's rate is prefetch / checkpoint interval, and AMQP's prefetch ends at 65,535. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 70_000})
    void whatIsUnacknowledgedIsBoundedByAnyNumber(int most) throws Exception {
        queues.declare(TRADE, Map.of());
        queues.publishTrades(0, most + 500);
        try (ReaderHarness reader = reader(most, List.of(queues.unread(TRADE)))) {
            reader.until(() -> reader.records.size() == most);
            reader.untilQuietFor(Duration.ofMillis(500));
            assertThat(reader.records).hasSize(most);

            reader.checkpoint(1);
            reader.complete(1);
            reader.until(() -> reader.records.size() == most + 500);
        }
    }

    @Test
    void checkpointsForgetWhatTheBrokerHasForgotten() throws Exception {
        try (ReaderHarness reader = reader(10_000, List.of(queues.unread(TRADE)))) {
            for (int id = 1; id <= 6; id++) {
                int end = 1_000 * id;
                queues.publishTrades(end - 1_000, end);
                reader.until(() -> reader.records.size() == end);
                assertThat(reader.checkpoint(id).get(0).unacknowledged().length / 2)
                        .isLessThanOrEqualTo(4_000);
                reader.complete(id);
                reader.untilQuietFor(Duration.ofMillis(200));
            }
            for (int id = 7; id <= 9; id++) {
                reader.checkpoint(id);
                reader.complete(id);
                reader.untilQuietFor(Duration.ofMillis(200));
            }
            assertThat(reader.checkpoint(10).get(0).isRead()).isFalse();
        }
    }

    @Test
    void readsAQuorumQueueThatItFinds() throws Exception {
        queues.declare(TRADE, Map.of("x-queue-type", "quorum"));
        queues.publishTrades(0, 50);

        assertThat(idsRead(List.of(queues.unread(TRADE)), 50)).isEqualTo(ids(0, 50));
    }

    /** As the client does when a consumer ends in an error: the broker did nothing. */
    @Test
    void aChannelTheClientClosesFailsTheReaderToo() throws Exception {
        Inbox inbox = new Inbox();
        queues.consume(TRADE, inbox).close();

        // The consumer is told by a thread of its own.
        inbox.available().get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> inbox.takeAll(new ArrayDeque<>()))
                .hasMessageContaining(queues.name(TRADE))
                .hasMessageContaining("closed");
    }

    @Test
    void aDeletedQueueFailsTheReaderByName() throws Exception {
        try (ReaderHarness reader = reader(100, List.of(queues.unread(TRADE)))) {
            reader.untilQuietFor(Duration.ofMillis(100));
            queues.delete(TRADE);

            assertThatThrownBy(() -> reader.untilQuietFor(Duration.ofSeconds(5)))
                    .hasMessageContaining(queues.name(TRADE))
                    .hasMessageContaining("deleted");
        }
    }

    /** After a change of the number of queues. */
    @Test
    void aQueueOfASavepointIsReadUntilItIsDeleted() throws Exception {
        queues.declare(TRADE, Map.of());
        queues.publishTrades(0, 10);
        SourceSettings scaledOut = queues.settings(100, 2);
        List<QueueSplit> state = List.of(queues.unread(TRADE));
        try (ReaderHarness reader = new ReaderHarness(queues.broker, scaledOut, 1, state)) {
            reader.until(() -> reader.records.size() == 10);
            state = reader.checkpoint(1);
            reader.complete(1);
        }
        queues.delete(TRADE);

        try (ReaderHarness reader = new ReaderHarness(queues.broker, scaledOut, 1, state)) {
            reader.untilQuietFor(Duration.ofMillis(100));
            assertThat(reader.checkpoint(2)).isEmpty();
        }
        assertThat(queues.exists(TRADE)).isFalse();
    }

    @Test
    void anEmptyQueueHoldsNobody() throws Exception {
        try (ReaderHarness reader =
                reader(5_000, List.of(queues.unread(TRADE), queues.unread(KLINE)))) {
            queues.publishTrades(0, 1_021);

            long first = START.toEpochMilli();
            reader.until(() -> !reader.watermarks.isEmpty() && last(reader) >= first + 999);
            assertThat(idsOf(reader.records)).isEqualTo(ids(0, 1_021));
        }
    }

    @Test
    void anEmptyQueueReachesWhatAnotherReaderHasRead() throws Exception {
        SourceSettings settings = queues.settings(100);
        try (ReaderHarness reader =
                new ReaderHarness(queues.broker, settings, 2, List.of(queues.unread(KLINE)))) {
            reader.untilQuietFor(Duration.ofMillis(50));
            assertThat(reader.watermarks).isEmpty();

            reader.tell(new ReadUpTo(START.toEpochMilli() + 500));
            reader.until(() -> !reader.watermarks.isEmpty());

            assertThat(reader.watermarks).containsExactly(START.toEpochMilli() + 500 - 20 - 1);
        }
    }

    @Test
    void tellsTheOtherReadersWhenAStepIsOver() throws Exception {
        try (ReaderHarness reader =
                new ReaderHarness(
                        queues.broker, queues.settings(5_000), 2, List.of(queues.unread(TRADE)))) {
            queues.publishTrades(0, 2_500);
            reader.until(() -> reader.records.size() == 2_500);

            long start = START.toEpochMilli();
            assertThat(reader.told)
                    .contains(
                            new ReadUpTo(start),
                            new ReadUpTo(start + 1_020),
                            new ReadUpTo(start + 2_020));
            assertThat(reader.told.size()).isLessThan(100);
        }
    }

    private static long last(ReaderHarness reader) {
        return reader.watermarks.get(reader.watermarks.size() - 1);
    }

    private ReaderHarness reader(int maxUnacknowledged, List<QueueSplit> splits) {
        return new ReaderHarness(queues.broker, queues.settings(maxUnacknowledged), 1, splits);
    }

    private List<String> idsRead(List<QueueSplit> splits, int count) throws Exception {
        try (ReaderHarness reader = reader(1_000, splits)) {
            reader.until(() -> reader.records.size() == count);
            return idsOf(reader.records);
        }
    }

    /** A closed connection's messages are back in the queue after a moment. */
    private void awaitReady(long messages) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (queues.ready(TRADE) != messages) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static List<String> idsOf(List<Inbound> records) {
        return records.stream().map(record -> ((MarketEvent) record).header().id()).toList();
    }
}
