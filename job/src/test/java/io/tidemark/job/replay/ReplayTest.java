package io.tidemark.job.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.features.engine.EventRows;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.features.registry.FeatureSet;
import io.tidemark.job.archive.FeatureRows;
import io.tidemark.job.archive.RawView;
import io.tidemark.job.archive.SymbolChoice;
import io.tidemark.job.archive.WrittenArchive;
import io.tidemark.job.features.Events;
import io.tidemark.job.registry.Registry;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;
import io.tidemark.schemas.registry.BuiltInRegistries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays an archive and compares with the pure engine, which has read the same events at once. */
class ReplayTest {
    private static final long MINUTE = 60_000_000L;
    private static final long NOON = Events.NOON * 1_000;
    private static final int SECONDS = 3_900;
    private static final FeatureSet FEATURES = FeatureSet.builtIn("1.0.0");

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir static Path archive;
    private static final List<MarketEvent> ACCEPTED = new ArrayList<>();
    private static final List<MarketEvent> LATE = new ArrayList<>();

    @TempDir Path out;

    /**
     * Two symbols over an hour's end; one is silent for longer than the lookback and goes on with
     * changes of its old book. One event in 200 came late; two minutes are there twice.
     */
    @BeforeAll
    static void write() throws IOException {
        WrittenArchive files = new WrittenArchive(archive);
        int number = 0;
        for (MarketEvent event : Events.market(7, 2, SECONDS)) {
            long at = event.eventTimeMicros() - NOON;
            if (event.symbol().equals("SYM1") && at > 15 * MINUTE && at < 40 * MINUTE) {
                continue;
            }
            (number++ % 200 == 100 ? LATE : ACCEPTED).add(event);
        }
        for (int i = 0; i < ACCEPTED.size(); i += 1_000) {
            List<MarketEvent> checkpoint =
                    new ArrayList<>(ACCEPTED.subList(i, Math.min(i + 1_000, ACCEPTED.size())));
            Collections.shuffle(checkpoint, new Random(i));
            files.add(checkpoint, Verdict.ACCEPTED);
        }
        files.add(LATE, Verdict.LATE);
        files.add(between(ACCEPTED, NOON + 30 * MINUTE, NOON + 32 * MINUTE), Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,3600", "2,0", "2,600", "1,60", "2,61"})
    void givesTheRowsOfTheEngineInWhateverSlices(int parallelism, long sliceSeconds)
            throws Exception {
        long from = NOON + (sliceSeconds > 0 && sliceSeconds < 100 ? 54 : 35) * MINUTE;
        long to = NOON + 64 * MINUTE;
        ReplayCounts counts =
                replay(request(from, to, List.of(), RawView.AS_SERVED, sliceSeconds), parallelism);
        List<FeatureRow> expected = expected(ACCEPTED, from, to);
        assertThat(rows(from, to)).isEqualTo(expected);
        assertThat(counts.rows()).isEqualTo(expected.size());
        assertThat(counts.chainEvents()).isPositive();
    }

    @Test
    void fromTheFirstEventOnToTheLast() throws Exception {
        ReplayCounts counts =
                replay(request(0, Long.MAX_VALUE / 4, List.of(), RawView.AS_SERVED, 0), 2);
        long end = NOON + SECONDS * 1_000_000L;
        assertThat(rows(0, end)).isEqualTo(expected(ACCEPTED, 0, end));
        assertThat(rows(end + 1, Long.MAX_VALUE / 4)).isEmpty();
        assertThat(counts.events()).isGreaterThan(ACCEPTED.size());
        assertThat(counts.duplicates()).isEqualTo(counts.events() - ACCEPTED.size());
    }

    @Test
    void takesInLateEventsWhenFinal() throws Exception {
        long from = NOON + 50 * MINUTE;
        long to = NOON + 60 * MINUTE;
        replay(request(from, to, List.of(), RawView.FINAL, 300), 2);
        List<MarketEvent> all = new ArrayList<>(ACCEPTED);
        all.addAll(LATE);
        assertThat(rows(from, to))
                .isEqualTo(expected(all, from, to))
                .isNotEqualTo(expected(ACCEPTED, from, to));
    }

    @Test
    void leavesOutOtherSymbols() throws Exception {
        long from = NOON + 45 * MINUTE;
        long to = NOON + 50 * MINUTE;
        replay(request(from, to, List.of("SYM1"), RawView.AS_SERVED, 0), 2);
        List<MarketEvent> own =
                ACCEPTED.stream().filter(event -> event.symbol().equals("SYM1")).toList();
        assertThat(rows(from, to)).isEqualTo(expected(own, from, to));
    }

    @Test
    void doesNotWriteWhereRowsAre() throws Exception {
        ReplayRequest request =
                request(NOON + MINUTE, NOON + 2 * MINUTE, List.of(), RawView.AS_SERVED, 0);
        replay(request, 1);
        assertThatThrownBy(() -> Replay.of(request, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has rows of registry 1.0.0 already");
    }

    @Test
    void saysWhatThereIsWhenNothingIsInTheSpan() {
        assertThatThrownBy(() -> Replay.of(request(0, MINUTE, List.of(), RawView.AS_SERVED, 0), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("from 2026-08-09T12:00:00Z");
    }

    private ReplayRequest request(
            long from, long to, List<String> symbols, RawView view, long sliceSeconds) {
        return new ReplayRequest(
                archive.toString(),
                out.toString(),
                from,
                to,
                symbols,
                Registry.of(BuiltInRegistries.yaml("1.0.0"), Optional.empty()),
                view,
                sliceSeconds * 1_000_000);
    }

    private static ReplayCounts replay(ReplayRequest request, int parallelism) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        Replay replay = Replay.of(request, parallelism);
        replay.define(environment);
        Map<String, Object> done = environment.execute(Replay.NAME).getAllAccumulatorResults();
        assertThat(replay.fractionDone(done)).isEqualTo(1);
        return replay.counts(done);
    }

    private List<FeatureRow> rows(long from, long to) throws IOException {
        FeatureRows rows =
                FeatureRows.in(
                        new org.apache.flink.core.fs.Path(out.toString()),
                        "1.0.0",
                        FEATURES.names(),
                        SymbolChoice.ALL,
                        from,
                        to);
        List<FeatureRow> read = new ArrayList<>();
        for (FeatureRow row = rows.next(); row != null; row = rows.next()) {
            read.add(row);
        }
        return read;
    }

    private static List<FeatureRow> expected(List<MarketEvent> events, long from, long to) {
        Map<String, List<MarketEvent>> bySymbol = new TreeMap<>();
        events.forEach(
                event ->
                        bySymbol.computeIfAbsent(event.symbol(), s -> new ArrayList<>())
                                .add(event));
        List<FeatureRow> rows = new ArrayList<>();
        bySymbol.values().forEach(own -> rows.addAll(EventRows.of(FEATURES, own, 100_000).rows()));
        rows.removeIf(row -> row.gridTimeMicros() < from || row.gridTimeMicros() >= to);
        rows.sort(
                Comparator.comparingLong(FeatureRow::gridTimeMicros)
                        .thenComparing(FeatureRow::symbol));
        return rows;
    }

    private static List<MarketEvent> between(List<MarketEvent> events, long from, long to) {
        return events.stream()
                .filter(event -> event.eventTimeMicros() >= from && event.eventTimeMicros() < to)
                .toList();
    }
}
