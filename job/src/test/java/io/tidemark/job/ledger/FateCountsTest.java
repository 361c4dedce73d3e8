package io.tidemark.job.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Funding;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FateCountsTest {
    private static final long MINUTE = 60_000_000;

    /** 2025-12-07T12:59:00Z. */
    private static final long NOON = 1_765_112_340_000_000L;

    @Test
    void sendsCountsBeforeTheBarrierAndBeginsAnew() throws Exception {
        try (var harness = Task.of(FateCounts.ofEvents())) {
            harness.take(trade("BTCUSDT", NOON + 5, 12, Verdict.ACCEPTED));
            harness.take(trade("BTCUSDT", NOON + 3, 10, Verdict.LATE));
            harness.take(trade("BTCUSDT", NOON + 3, 99, Verdict.DUPLICATE));
            assertThat(harness.sent()).isEmpty();

            harness.barrier(1);
            assertThat(harness.sent())
                    .containsExactly(
                            new LedgerCell(
                                    "BTCUSDT",
                                    EventType.TRADE,
                                    NOON,
                                    1,
                                    1,
                                    1,
                                    0,
                                    10,
                                    12,
                                    NOON + 3,
                                    NOON + 5));

            harness.forgetSent();
            harness.barrier(2);
            assertThat(harness.sent()).isEmpty();
        }
    }

    @Test
    void whatAFailureInterruptsIsNotCountedInTheNextRun() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var harness = Task.of(FateCounts.ofEvents())) {
            harness.take(trade("BTCUSDT", NOON, 1, Verdict.ACCEPTED));
            harness.barrier(1);
            checkpoint = harness.snapshot();
            harness.take(trade("BTCUSDT", NOON, 2, Verdict.ACCEPTED));
        }
        try (var restored = Task.restored(FateCounts.ofEvents(), checkpoint)) {
            restored.take(trade("BTCUSDT", NOON, 2, Verdict.ACCEPTED));
            restored.barrier(2);
            assertThat(restored.sent()).extracting(LedgerCell::accepted).containsExactly(1L);
        }
    }

    @Test
    void countsARejectedMessageInTheMinuteOfReading() throws Exception {
        try (var harness = Task.of(FateCounts.ofRejected())) {
            for (long read : new long[] {NOON, NOON + MINUTE - 1, NOON + MINUTE}) {
                harness.take(rejected(read));
            }
            harness.finish();
            assertThat(harness.sent())
                    .extracting(
                            LedgerCell::symbol,
                            LedgerCell::type,
                            LedgerCell::minuteMicros,
                            LedgerCell::rejected,
                            LedgerCell::messages,
                            LedgerCell::firstEventTimeMicros)
                    .containsExactlyInAnyOrder(
                            tuple("", EventType.KLINE, NOON, 2L, 2L, EventHeader.UNKNOWN_TIME),
                            tuple(
                                    "",
                                    EventType.KLINE,
                                    NOON + MINUTE,
                                    1L,
                                    1L,
                                    EventHeader.UNKNOWN_TIME));
        }
    }

    @Test
    void hasNoSequenceWhereTheVenueGivesNone() throws Exception {
        try (var harness = Task.of(FateCounts.ofEvents())) {
            harness.take(funding(NOON - 1));
            harness.take(funding(NOON));
            harness.barrier(1);
            assertThat(harness.sent())
                    .hasSize(2)
                    .allSatisfy(
                            cell -> {
                                assertThat(cell.lowestSequence()).isZero();
                                assertThat(cell.highestSequence()).isZero();
                                assertThat(cell.accepted()).isEqualTo(1);
                            });
        }
    }

    /** Against a count of a map, in pieces of random length added up again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void equalsACountOfEachFateByMinute(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Map<LedgerCell.Key, long[]> expected = new HashMap<>();
        List<LedgerCell> pieces = new ArrayList<>();
        try (var harness = Task.of(FateCounts.ofEvents())) {
            for (int i = 0; i < 5_000; i++) {
                String symbol = "SYM" + random.nextInt(5);
                long time = NOON - 2 * MINUTE + random.nextLong(5 * MINUTE);
                Verdict verdict = Verdict.values()[random.nextInt(3)];
                boolean trade = random.nextBoolean();
                harness.take(
                        trade
                                ? trade(symbol, time, i + 1, verdict)
                                : funding(symbol, time, verdict));
                EventType type = trade ? EventType.TRADE : EventType.FUNDING;
                long minute = time - Math.floorMod(time, MINUTE);
                expected.computeIfAbsent(
                                new LedgerCell.Key(symbol, type, minute), key -> new long[3])[
                        verdict.ordinal()]++;
                if (random.nextInt(700) == 0) {
                    harness.barrier(i);
                }
            }
            harness.finish();
            pieces.addAll(harness.sent());
        }
        assertThat(pieces).hasSizeGreaterThan(expected.size());
        Map<LedgerCell.Key, LedgerCell> sums = new HashMap<>();
        pieces.forEach(cell -> sums.merge(cell.key(), cell, LedgerCell::plus));
        assertThat(sums.keySet()).isEqualTo(expected.keySet());
        sums.forEach(
                (key, cell) ->
                        assertThat(new long[] {cell.accepted(), cell.late(), cell.duplicate()})
                                .as(key.toString())
                                .isEqualTo(expected.get(key)));
    }

    @Test
    void addsOnlyCellsOfOneKey() {
        LedgerCell one = cell("BTCUSDT", 3, 9);
        assertThat(one.plus(cell("BTCUSDT", 0, 0)).lowestSequence()).isEqualTo(3);
        assertThat(cell("BTCUSDT", 0, 0).plus(one).lowestSequence()).isEqualTo(3);
        assertThat(one.plus(cell("BTCUSDT", 2, 20)))
                .isEqualTo(
                        new LedgerCell(
                                "BTCUSDT", EventType.TRADE, NOON, 2, 0, 0, 0, 2, 20, NOON, NOON));
        assertThatThrownBy(() -> one.plus(cell("ETHUSDT", 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ETHUSDT");
    }

    @Test
    void entriesSurviveACheckpointInTheOrderOfTheirKeys() throws Exception {
        LedgerEntry entry =
                new LedgerEntry(
                        "8d4b2a5e-4c55-4d10-9f1c-0f2f6f3a9f10",
                        7,
                        List.of(cell("ETHUSDT", 0, 0), cell("", 0, 0), cell("BTCUSDT", 3, 9)));
        LedgerEntrySerializer serializer = new LedgerEntrySerializer();
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(entry)))
                .isEqualTo(entry);
        assertThat(entry.cells())
                .extracting(LedgerCell::symbol)
                .containsExactly("", "BTCUSDT", "ETHUSDT");
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .hasMessageContaining("newer release");
    }

    @Test
    void travelsWithoutKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(LedgerCell.class);
    }

    private static LedgerCell cell(String symbol, long lowest, long highest) {
        return new LedgerCell(
                symbol, EventType.TRADE, NOON, 1, 0, 0, 0, lowest, highest, NOON, NOON);
    }

    private static ArchivedEvent trade(String symbol, long time, long sequence, Verdict verdict) {
        return new ArchivedEvent(
                new Trade(header(symbol, time, sequence), 1, 1, Trade.Side.BUY, null, false, false),
                verdict);
    }

    private static ArchivedEvent funding(long time) {
        return funding("BTCUSDT", time, Verdict.ACCEPTED);
    }

    private static ArchivedEvent funding(String symbol, long time, Verdict verdict) {
        return new ArchivedEvent(
                new Funding(header(symbol, time, 0), 0, time, EventHeader.UNKNOWN_TIME), verdict);
    }

    private static EventHeader header(String symbol, long time, long sequence) {
        return new EventHeader(symbol, time, time, time, time, sequence, "id" + time, null, null);
    }

    private static RejectedMessage rejected(long readMicros) {
        return new RejectedMessage(
                "ws-gateway.kline",
                RejectReason.EMPTY_BODY,
                "nothing",
                new byte[0],
                0,
                Map.of(),
                readMicros);
    }

    /** One task of it. */
    private record Task<T>(OneInputStreamOperatorTestHarness<T, LedgerCell> harness)
            implements AutoCloseable {

        static <T> Task<T> of(FateCounts<T> counts) throws Exception {
            Task<T> task = new Task<>(new OneInputStreamOperatorTestHarness<>(counts));
            task.harness.open();
            return task;
        }

        static <T> Task<T> restored(FateCounts<T> counts, OperatorSubtaskState from)
                throws Exception {
            Task<T> task = new Task<>(new OneInputStreamOperatorTestHarness<>(counts));
            task.harness.initializeState(from);
            task.harness.open();
            return task;
        }

        void take(T record) throws Exception {
            harness.processElement(record, 0);
        }

        void barrier(long checkpoint) throws Exception {
            harness.getOneInputOperator().prepareSnapshotPreBarrier(checkpoint);
        }

        void finish() throws Exception {
            harness.endInput();
            harness.getOneInputOperator().finish();
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 0);
        }

        List<LedgerCell> sent() {
            return harness.extractOutputValues();
        }

        void forgetSent() {
            harness.getOutput().clear();
        }

        @Override
        public void close() throws IOException {
            try {
                harness.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
