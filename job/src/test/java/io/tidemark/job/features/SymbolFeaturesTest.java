package io.tidemark.job.features;

import static io.tidemark.job.features.Events.NOON;
import static io.tidemark.job.features.Events.trade;
import static io.tidemark.job.features.FeaturesHarness.BY_SYMBOL_AND_TIME;
import static io.tidemark.job.features.FeaturesHarness.jittered;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.features.FeaturesHarness.Setup;
import io.tidemark.job.publish.ResyncRequest;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolFeaturesTest {
    private final List<FeaturesHarness> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (FeaturesHarness one : opened) {
            one.close();
        }
    }

    @Test
    void aRowLeavesWhenTheWatermarkClosesItsGridTime() throws Exception {
        FeaturesHarness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.watermark(NOON + 998);
        assertThat(harness.rows()).isEmpty();

        harness.watermark(NOON + 999);

        assertThat(harness.rows()).hasSize(1);
        FeatureRow row = harness.rows().get(0);
        assertThat(row.gridTimeMicros()).isEqualTo((NOON + 1_000) * 1_000);
        assertThat(row.eventCount()).isEqualTo(1);
        assertThat(row.maxEventTimeMicros()).isEqualTo((NOON + 100) * 1_000);
    }

    @Test
    void anEventExactlyAtTheGridTimeIsInTheNextRow() throws Exception {
        FeaturesHarness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.take(trade("BTCUSDT", NOON + 1_000, 50_000, 1, "b"));

        harness.watermark(NOON + 1_999);

        assertThat(harness.rows()).extracting(FeatureRow::eventCount).containsExactly(1L, 1L);
    }

    @Test
    void aDuplicateCountsOnceWhetherItsStepIsOpenOrClosed() throws Exception {
        FeaturesHarness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.watermark(NOON + 999);
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));

        assertThat(harness.archived()).hasSize(1);
        assertThat(harness.side(FeatureOutputs.DUPLICATES)).hasSize(2);
        assertThat(harness.rows()).extracting(FeatureRow::eventCount).containsExactly(1L);
    }

    @Test
    void aLateEventIsKeptOnceAndChangesNoRow() throws Exception {
        FeaturesHarness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.watermark(NOON + 999);
        harness.take(trade("BTCUSDT", NOON + 50, 1, 1, "late"));
        harness.take(trade("BTCUSDT", NOON + 50, 1, 1, "late"));
        harness.take(trade("NEWUSDT", NOON + 50, 1, 1, "late of a symbol never seen"));
        harness.watermark(NOON + 1_999);

        assertThat(harness.archived())
                .extracting(ArchivedEvent::verdict)
                .containsExactly(Verdict.ACCEPTED, Verdict.LATE, Verdict.LATE);
        assertThat(harness.side(FeatureOutputs.DUPLICATES)).hasSize(1);
        assertThat(harness.rows()).extracting(FeatureRow::symbol).containsOnly("BTCUSDT");
    }

    @Test
    void anEventBehindTheWatermarkInAStepStillOpenIsNotLate() throws Exception {
        FeaturesHarness harness = open();
        harness.take(trade("BTCUSDT", NOON + 900, 50_000, 1, "a"));
        harness.watermark(NOON + 850);
        harness.take(trade("BTCUSDT", NOON + 100, 50_001, 1, "b"));
        harness.watermark(NOON + 999);

        assertThat(harness.rows()).extracting(FeatureRow::eventCount).containsExactly(2L);
    }

    @Test
    void aGapInTheBookAsksForAResync() throws Exception {
        FeaturesHarness harness = open();
        double[] bids = {99, 1};
        double[] asks = {101, 1};
        harness.take(Events.book("BTCUSDT", NOON + 1, BookUpdate.Kind.SNAPSHOT, 5, bids, asks));
        harness.take(Events.book("BTCUSDT", NOON + 2, BookUpdate.Kind.DELTA, 7, bids, asks));
        harness.take(Events.book("BTCUSDT", NOON + 3, BookUpdate.Kind.DELTA, 8, bids, asks));
        harness.watermark(NOON + 999);

        assertThat(harness.side(FeatureOutputs.RESYNCS)).hasSize(1);
        assertThat(harness.archived()).hasSize(3);
    }

    @Test
    void aBookThatDoesNotFitItsChecksumAsksForAResync() throws Exception {
        FeaturesHarness harness = open();
        BookUpdate book =
                Events.book(
                        "BTCUSDT",
                        NOON + 1,
                        BookUpdate.Kind.SNAPSHOT,
                        5,
                        new double[] {99, 1},
                        new double[] {101, 1});
        harness.take(
                new BookUpdate(
                        book.header(),
                        book.kind(),
                        book.depth(),
                        book.updateId(),
                        book.bids(),
                        book.asks(),
                        4_711));
        harness.watermark(NOON + 999);

        assertThat(harness.side(FeatureOutputs.RESYNCS))
                .containsExactly(
                        new ResyncRequest("BTCUSDT", 50, "checksum mismatch", (NOON + 1) * 1_000));
        assertThat(harness.archived())
                .extracting(archived -> ((BookUpdate) archived.event()).checksum())
                .containsExactly(4_711L);
    }

    @Test
    void aQuietMarketStillClosesItsGridStepsUntilTheLookbackHasPassed() throws Exception {
        FeaturesHarness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));

        harness.watermark(NOON + 7_200_000);

        long lookback = features().lookbackMicros() / 1_000_000;
        assertThat(harness.rows()).hasSizeBetween((int) lookback, (int) lookback + 2);
        for (int i = 1; i < harness.rows().size(); i++) {
            assertThat(harness.rows().get(i).gridTimeMicros())
                    .isEqualTo(harness.rows().get(i - 1).gridTimeMicros() + 1_000_000);
        }
    }

    @Test
    void stateEndsAfterTheIdentityHorizon() throws Exception {
        FeaturesHarness harness = open();
        harness.take(trade("BTCUSDT", NOON + 100, 50_000, 1, "a"));
        harness.watermark(NOON + 60_000);
        harness.snapshot();
        assertThat(harness.keyedEntries()).isPositive();

        harness.watermark(NOON + 3 * 3_600_000);

        assertThat(harness.keyedEntries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void arrivalOrderWithinTheLatenessBoundDoesNotChangeOneBit(long seed) throws Exception {
        List<MarketEvent> events = Events.market(seed, 2, 20);
        FeaturesHarness ordered = open();
        ordered.takeAll(events);

        SplittableRandom random = new SplittableRandom(seed);
        for (int shuffle = 0; shuffle < 30; shuffle++) {
            FeaturesHarness shuffled = open();
            shuffled.takeAll(jittered(events, random));

            assertThat(shuffled.rowsInOrder()).isEqualTo(ordered.rowsInOrder());
            assertThat(shuffled.archivedInOrder()).isEqualTo(ordered.archivedInOrder());
            shuffled.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void continuesFromASnapshotTakenAtAnyEvent(long seed) throws Exception {
        List<MarketEvent> events = jittered(Events.market(seed, 2, 6), new SplittableRandom(seed));
        FeaturesHarness undisturbed = open();
        undisturbed.takeAll(events);

        for (int cut = 0; cut < events.size(); cut += 7) {
            FeaturesHarness before = open();
            before.feed(events.subList(0, cut));
            OperatorSubtaskState snapshot = before.snapshot();
            FeaturesHarness after = opened(Setup.DEFAULT.restore(snapshot));
            after.continues(before);
            after.feed(events.subList(cut, events.size()));
            after.watermark(Long.MAX_VALUE);

            List<FeatureRow> rows = new ArrayList<>(before.rows());
            rows.addAll(after.rows());
            rows.sort(BY_SYMBOL_AND_TIME);
            assertThat(rows).isEqualTo(undisturbed.rowsInOrder());
            before.close();
            after.close();
        }
    }

    @Test
    void aSymbolsRowsDoNotDependOnOtherSymbols() throws Exception {
        List<MarketEvent> events = Events.market(42, 3, 10);
        FeaturesHarness all = open();
        all.takeAll(events);
        FeaturesHarness alone = open();
        alone.takeAll(events.stream().filter(e -> e.symbol().equals("SYM1")).toList());

        assertThat(all.rowsInOrder().stream().filter(r -> r.symbol().equals("SYM1")).toList())
                .isEqualTo(alone.rowsInOrder());
    }

    @Test
    void onRocksDbTheRowsAreTheSame() throws Exception {
        List<MarketEvent> events = Events.market(7, 2, 10);
        FeaturesHarness heap = open();
        heap.takeAll(events);
        FeaturesHarness rocks = opened(Setup.DEFAULT.onRocksDb().open());
        rocks.takeAll(events);

        assertThat(rocks.rowsInOrder()).isEqualTo(heap.rowsInOrder()).hasSizeGreaterThan(15);
    }

    private static FeatureSet features() {
        return Setup.DEFAULT.registry().compile();
    }

    private FeaturesHarness open() throws Exception {
        return opened(Setup.DEFAULT.open());
    }

    private FeaturesHarness opened(FeaturesHarness harness) {
        opened.add(harness);
        return harness;
    }
}
