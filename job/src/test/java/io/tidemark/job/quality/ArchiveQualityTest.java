package io.tidemark.job.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.quality.Finding;
import io.tidemark.features.quality.QualityReport;
import io.tidemark.job.archive.WrittenArchive;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.event.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half an hour of a clean market, and each fault planted in a minute of its own. */
class ArchiveQualityTest {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    /** 2026-08-09T12:00:00Z. */
    private static final long NOON = 1_786_276_800_000_000L;

    private static final int SECONDS = 1_800;

    @TempDir Path root;
    private final List<MarketEvent> events = new ArrayList<>();
    private final List<MarketEvent> late = new ArrayList<>();
    private final List<MarketEvent> twice = new ArrayList<>();

    /** What is wrong with an event, and with which. */
    private interface Fault {
        boolean is(String type, long second);
    }

    @Test
    void findsNothingInACleanMarket() throws IOException {
        record((type, second) -> false, (type, second) -> false);
        QualityReport report = report();
        assertThat(report.findings()).isEmpty();
        assertThat(report.recommendations()).isEmpty();
        assertThat(report.messages()).isEqualTo(events.size());
        assertThat(report.missingRate()).isZero();
        assertThat(report.latencyMicros())
                .allSatisfy(one -> assertThat(one).isBetween(20_000L, 40_000L));
    }

    @Test
    void findsEveryFaultPlanted() throws IOException {
        record(
                (type, second) ->
                        (type.equals("book") && second >= 300 && second < 303)
                                || (type.equals("trade") && second >= 1_200 && second < 1_320),
                (type, second) -> second / 60 == 25);
        QualityReport report = report();
        assertThat(report.findings().stream().map(ArchiveQualityTest::text))
                .containsExactlyInAnyOrder(
                        "SEQUENCE_GAP ORDERBOOK 5 to 6: 3",
                        "DUPLICATES TRADE 8 to 9: 5",
                        "PRICE_SPIKE TRADE 12 to 13: 2",
                        "CROSSED_BOOK ORDERBOOK 14 to 15: 10",
                        "FROZEN TICKER 15 to 18: 180",
                        "MISSING_MINUTES TRADE 20 to 22: 2",
                        "SILENCE TRADE 22 to 23: 1",
                        "CLOCK_BEHIND TRADE 25 to 26: 60",
                        "CLOCK_BEHIND ORDERBOOK 25 to 26: 60",
                        "CLOCK_BEHIND TICKER 25 to 26: 60",
                        "LATE TRADE 27 to 28: 4");
        assertThat(report.recommendations()).hasSize(9);
        assertThat(report.sequenceGaps()).isEqualTo(1);
        assertThat(report.missingMessages()).isEqualTo(3);
        assertThat(report.duplicates()).isEqualTo(5);
        assertThat(report.late()).isEqualTo(4);
        assertThat(report.desynchronizationEvents()).isEqualTo(4);
        assertThat(report.missingRate()).isEqualTo(2.0 / 90);
    }

    private QualityReport report() throws IOException {
        WrittenArchive files = new WrittenArchive(root);
        files.add(events, Verdict.ACCEPTED);
        files.add(twice, Verdict.ACCEPTED);
        files.add(late, Verdict.LATE);
        return ArchiveQuality.of(
                new org.apache.flink.core.fs.Path(root.toUri()),
                "BTCUSDT",
                NOON,
                NOON + SECONDS * SECOND,
                at -> {});
    }

    private static String text(Finding one) {
        return "%s %s %d to %d: %d"
                .formatted(
                        one.kind(),
                        one.type(),
                        (one.beginMicros() - NOON) / MINUTE,
                        (one.endMicros() - NOON) / MINUTE,
                        one.count());
    }

    private void record(Fault dropped, Fault skewed) {
        boolean planted = dropped.is("book", 300);
        for (int second = 0; second < SECONDS; second++) {
            // The frozen ticker says for three minutes what it said before them.
            boolean frozen = planted && second >= 900 && second < 1_080;
            List<MarketEvent> one =
                    List.of(
                            trade(second, planted && second / 2 == 360, skewed.is("trade", second)),
                            book(second, planted && second == 850, skewed.is("book", second)),
                            ticker(second, frozen ? 899 : second, skewed.is("ticker", second)));
            List<String> types = List.of("trade", "book", "ticker");
            for (int i = 0; i < 3; i++) {
                if (dropped.is(types.get(i), second)) {
                    continue;
                }
                boolean isLate = planted && i == 0 && second >= 1_620 && second < 1_624;
                (isLate ? late : events).add(one.get(i));
                if (planted && i == 0 && second >= 480 && second < 485) {
                    twice.add(one.get(i));
                }
            }
        }
    }

    private static Trade trade(int second, boolean wild, boolean skewed) {
        double price = 100 + 0.1 * Math.sin(second);
        return new Trade(
                header(second, 0, skewed),
                wild ? 3 * price : price,
                1,
                Trade.Side.BUY,
                null,
                false,
                false);
    }

    private static BookUpdate book(int second, boolean crossed, boolean skewed) {
        boolean full = second % 10 == 0;
        return new BookUpdate(
                header(second, 1, skewed),
                full ? BookUpdate.Kind.SNAPSHOT : BookUpdate.Kind.DELTA,
                50,
                1_000 + second,
                full ? new double[] {crossed ? 101 : 99, 1 + second} : new double[] {98, second},
                full ? new double[] {100, 1 + second} : new double[0]);
    }

    private static Ticker ticker(int second, int says, boolean skewed) {
        double[] values = new double[TickerField.values().length];
        Arrays.fill(values, Double.NaN);
        values[TickerField.LAST_PRICE.ordinal()] = 100 + 0.1 * Math.sin(says);
        return new Ticker(
                header(second, 2, skewed), true, values, EventHeader.UNKNOWN_TIME, null, null);
    }

    private static EventHeader header(int second, int kind, boolean skewed) {
        long time = NOON + second * SECOND + kind * 1_000L;
        long received = skewed ? time - 2 * SECOND : time + 25_000;
        return new EventHeader(
                "BTCUSDT",
                time,
                time,
                received,
                received + 1_000,
                0,
                kind + "-" + second,
                null,
                null);
    }
}
