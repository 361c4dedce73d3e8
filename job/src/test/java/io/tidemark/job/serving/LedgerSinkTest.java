package io.tidemark.job.serving;

import static io.tidemark.job.serving.MigratedStore.NO_CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.job.archive.ArchivedEvent;
import io.tidemark.job.events.EventTypes;
import io.tidemark.job.ledger.FateCounts;
import io.tidemark.job.ledger.LedgerCell;
import io.tidemark.job.ledger.LedgerEntry;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.event.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real PostgreSQL with the real migrations. */
class LedgerSinkTest {
    private static final long MINUTE = 1_765_112_340_000_000L;
    private static final int EVENTS = 6_000;
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static final AtomicInteger READ = new AtomicInteger();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @RegisterExtension static final MigratedStore STORE = MigratedStore.start();

    @BeforeEach
    void empty() throws Exception {
        STORE.query("TRUNCATE ledger_cell, ledger_total, ledger_writer");
    }

    @Test
    void addsWhatIsNewAndLeavesWhatItHas() throws Exception {
        String writer = UUID.randomUUID().toString();
        try (LedgerConnection ledger = LedgerConnection.open(STORE.settings())) {
            LedgerEntry first = new LedgerEntry(writer, 1, List.of(cell("BTCUSDT", 3, 5, 9)));
            LedgerEntry third = new LedgerEntry(writer, 3, List.of(cell("BTCUSDT", 2, 4, 6)));
            LedgerEntry second = new LedgerEntry(writer, 2, List.of(cell("ETHUSDT", 1, 0, 0)));
            assertThat(ledger.book(first)).isTrue();
            assertThat(ledger.book(first)).isFalse();
            assertThat(ledger.book(third)).isTrue();
            assertThat(ledger.book(second)).isTrue();
            assertThat(ledger.book(third)).isFalse();
            assertThat(ledger.book(first)).isFalse();
        }
        assertThat(
                        STORE.query(
                                "SELECT symbol, accepted, lowest_sequence, highest_sequence, extract(epoch from minute)::bigint FROM ledger_cell ORDER BY symbol"))
                .containsExactly(
                        "BTCUSDT|5|4|9|" + MINUTE / 1_000_000,
                        "ETHUSDT|1|null|null|" + MINUTE / 1_000_000);
        assertThat(
                        STORE.query(
                                "SELECT type, accepted, duplicate, late, rejected FROM ledger_total"))
                .containsExactly("trade|6|0|0|0");
        assertThat(STORE.query("SELECT entries FROM ledger_writer")).containsExactly("{[1,4)}");
    }

    /** Numbers begin again with each run of the task: another run's first entry is another. */
    @Test
    void tellsTheRunsOfTheWriterApart() throws Exception {
        try (LedgerConnection ledger = LedgerConnection.open(STORE.settings())) {
            for (int run = 0; run < 2; run++) {
                LedgerWriter writer = new LedgerWriter();
                writer.write(cell("BTCUSDT", 1, 1, 1), NO_CONTEXT);
                writer.write(cell("BTCUSDT", 1, 2, 2), NO_CONTEXT);
                for (LedgerEntry entry : writer.prepareCommit()) {
                    assertThat(entry.number()).isEqualTo(1);
                    assertThat(ledger.book(entry)).isTrue();
                }
                assertThat(writer.prepareCommit()).isEmpty();
            }
        }
        assertThat(STORE.query("SELECT accepted FROM ledger_cell")).containsExactly("4");
    }

    @Test
    void addsNothingOfAnEntryTheDatabaseRefuses() throws Exception {
        LedgerEntry bad =
                new LedgerEntry(
                        UUID.randomUUID().toString(),
                        1,
                        List.of(cell("BTCUSDT", 1, 0, 0), cell("NUL\u0000", 1, 0, 0)));
        try (LedgerConnection ledger = LedgerConnection.open(STORE.settings())) {
            assertThatThrownBy(() -> ledger.book(bad)).isInstanceOf(SQLException.class);
        }
        assertThat(STORE.query("SELECT count(*) FROM ledger_cell")).containsExactly("0");
        assertThat(STORE.query("SELECT count(*) FROM ledger_writer")).containsExactly("0");
    }

    /** A task that was given up may still be at it when the next one comes with the same entry. */
    @Test
    void booksAnEntryOnceWhenManyComeWithItTogether() throws Exception {
        String writer = UUID.randomUUID().toString();
        int writers = 6;
        CountDownLatch together = new CountDownLatch(writers);
        List<CompletableFuture<Integer>> booked = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            booked.add(
                    CompletableFuture.supplyAsync(
                            () -> {
                                try (LedgerConnection ledger =
                                        LedgerConnection.open(STORE.settings())) {
                                    together.countDown();
                                    together.await();
                                    int mine = 0;
                                    for (int n = 1; n <= 50; n++) {
                                        mine +=
                                                ledger.book(
                                                                new LedgerEntry(
                                                                        writer,
                                                                        n,
                                                                        List.of(
                                                                                cell(
                                                                                        "BTCUSDT",
                                                                                        1, n, n))))
                                                        ? 1
                                                        : 0;
                                    }
                                    return mine;
                                } catch (SQLException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            task -> new Thread(task).start()));
        }
        int sum = 0;
        for (CompletableFuture<Integer> one : booked) {
            sum += one.get();
        }
        assertThat(sum).isEqualTo(50);
        assertThat(
                        STORE.query(
                                "SELECT accepted, lowest_sequence, highest_sequence FROM ledger_cell"))
                .containsExactly("50|1|50");
    }

    /**
     * The job fails at records, and the database ends the ledger's connections, so that commits
     * fail too, before and after they were done. Each event is counted once, in its minute.
     */
    @Test
    void countsEachEventOnceWhateverFails() throws Exception {
        FAILURES.set(0);
        READ.set(0);
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        environment.enableCheckpointing(100);
        GeneratorFunction<Long, Long> identity = n -> n;
        FateCounts.ofEvents(
                        environment
                                .fromSource(
                                        new DataGeneratorSource<>(
                                                identity,
                                                EVENTS,
                                                RateLimiterStrategy.perSecond(1_500),
                                                Types.LONG),
                                        WatermarkStrategy.noWatermarks(),
                                        "numbers")
                                .map(new FailsNowAndThen())
                                .returns(Types.LONG)
                                .map(LedgerSinkTest::event)
                                .returns(EventTypes.ARCHIVED),
                        "ledger-archived",
                        2)
                .sinkTo(new LedgerSink(STORE.settings().withRetries(1, Duration.ofMillis(1))))
                .setParallelism(1);
        CompletableFuture<JobExecutionResult> end =
                environment.executeAsync().getJobExecutionResult();
        int ended = 0;
        while (!end.isDone()) {
            ended +=
                    STORE.query(
                                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tidemark-ledger'")
                            .size();
            Thread.sleep(300);
        }
        end.get();

        assertThat(ended).isPositive();
        assertThat(FAILURES).hasValue(4);
        assertThat(READ.get()).as("read again after failures").isGreaterThan(EVENTS);
        assertThat(
                        STORE.query(
                                "SELECT type, accepted, duplicate, late, rejected FROM ledger_total"))
                .containsExactly("trade|%d|%d|%d|0".formatted(4_800, 600, 600));
        assertThat(
                        STORE.query(
                                "SELECT count(*), min(accepted + late + duplicate), max(accepted + late + duplicate) FROM ledger_cell"))
                .containsExactly("10|600|600");
        assertThat(
                        STORE.query(
                                "SELECT sum(upper(r) - lower(r)) > 10 FROM ledger_writer, unnest(entries) r"))
                .containsExactly("t");
    }

    /** A tenth late, a tenth duplicates; 600 a minute. */
    private static ArchivedEvent event(long n) {
        long time = MINUTE + n * 100_000;
        Verdict verdict =
                n % 10 == 9 ? Verdict.LATE : n % 10 == 8 ? Verdict.DUPLICATE : Verdict.ACCEPTED;
        return new ArchivedEvent(
                new Trade(
                        new EventHeader("BTCUSDT", time, time, time, time, n, "" + n, null, null),
                        1,
                        1,
                        Trade.Side.BUY,
                        null,
                        false,
                        false),
                verdict);
    }

    private static LedgerCell cell(String symbol, long accepted, long lowest, long highest) {
        return new LedgerCell(
                symbol,
                EventType.TRADE,
                MINUTE,
                accepted,
                0,
                0,
                0,
                lowest,
                highest,
                MINUTE,
                MINUTE + 1);
    }

    /** Four times in a run, at records 1,000 reads apart. */
    private static final class FailsNowAndThen implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long number) {
            if (READ.incrementAndGet() % 1_000 == 0 && FAILURES.get() < 4) {
                FAILURES.incrementAndGet();
                throw new IllegalStateException("a failure of the test");
            }
            return number;
        }
    }
}
