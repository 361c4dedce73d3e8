package io.tidemark.job.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.archive.ArchiveRecords;
import io.tidemark.schemas.event.EventType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One job writes a few thousand events, fails half-way and restarts; then what it left is read. */
class RawArchiveTest {
    private static final int EVENTS = 3_000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir static Path root;

    @BeforeAll
    static void archive() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.enableCheckpointing(200);
        // Rows go from operator to operator as they are: their serializer is not the subject.
        env.getConfig().enableObjectReuse();
        GeneratorFunction<Long, Long> identity = n -> n;
        env.fromSource(
                        new DataGeneratorSource<>(
                                identity, EVENTS, RateLimiterStrategy.perSecond(2_000), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(new FailsOnceAfterACheckpoint<>("raw"))
                .returns(Types.LONG)
                .map(NumberedEvents::archived)
                .returns(TypeInformation.of(ArchivedEvent.class))
                .sinkTo(RawArchive.sink(new org.apache.flink.core.fs.Path(root.toUri())));
        env.execute();
        assertThat(FailsOnceAfterACheckpoint.hasFailed("raw")).isTrue();
    }

    @Test
    void holdsEveryEventOnceAsItWas() throws Exception {
        List<ArchivedEvent> read = new ArrayList<>();
        for (EventType type : EventType.values()) {
            Path folder = root.resolve("raw/type=" + type.wireName());
            List<SpecificRecord> records =
                    ArchiveFiles.records(folder, ArchiveRecords.schema(type));
            for (SpecificRecord record : records) {
                read.add(
                        new ArchivedEvent(
                                ArchiveRecords.toEvent(record), ArchiveRecords.verdict(record)));
            }
        }
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, EVENTS).mapToObj(NumberedEvents::archived).toList());
    }

    @Test
    void showsOnlyParquetPartsInFoldersOfTypeDateAndHour() throws Exception {
        assertThat(ArchiveFiles.visible(root))
                .isNotEmpty()
                .allSatisfy(
                        file ->
                                assertThat(file.toString())
                                        .matches(
                                                "raw/type=(trade|orderbook|kline|ticker|funding)/date=2025-12-07/hour=1[23]/part-[^/]+\\.parquet"));
    }

    @Test
    void isReadByDuckDbThroughItsPartitions() throws Exception {
        assertThat(
                        query(
                                "SELECT type, hour, count(*), count(DISTINCT id), min(event_time) >= TIMESTAMPTZ '2025-12-07 12:59:00+00' "
                                        + "FROM read_parquet('%s/raw/*/*/*/*.parquet', hive_partitioning = true, union_by_name = true) "
                                        + "WHERE date = '2025-12-07' GROUP BY type, hour ORDER BY type, hour"))
                .isEqualTo(
                        List.of(
                                "funding|12|48|48|true",
                                "funding|13|552|552|true",
                                "kline|12|48|48|true",
                                "kline|13|552|552|true",
                                "orderbook|12|48|48|true",
                                "orderbook|13|552|552|true",
                                "ticker|12|48|48|true",
                                "ticker|13|552|552|true",
                                "trade|12|48|48|true",
                                "trade|13|552|552|true"));
    }

    @Test
    void hasTypedColumnsForDuckDb() throws Exception {
        assertThat(
                        query(
                                "SELECT typeof(event_time), typeof(price), typeof(venue_sequence), typeof(block_trade), verdict, epoch_us(event_time), price "
                                        + "FROM read_parquet('%s/raw/type=trade/**/*.parquet') WHERE id = 'id-5'"))
                .containsExactly(
                        "TIMESTAMP WITH TIME ZONE|DOUBLE|BIGINT|BOOLEAN|accepted|%d|60000.625"
                                .formatted(NumberedEvents.START + 5 * 250_000));
        assertThat(
                        query(
                                "SELECT typeof(bid_prices), bid_prices, bid_sizes, len(ask_prices) "
                                        + "FROM read_parquet('%s/raw/type=orderbook/**/*.parquet') WHERE id = 'id-6'"))
                .containsExactly("DOUBLE[]|[6.0, 5.0]|[1.0, 0.0]|0");
    }

    @Test
    void showsUndefinedNumbersAndTimesAsNull() throws Exception {
        assertThat(
                        query(
                                "SELECT count(*), count(mark_price), count(last_price), count(next_funding_time), count(received_time) "
                                        + "FROM read_parquet('%s/raw/type=ticker/**/*.parquet')"))
                .containsExactly("600|600|0|0|300");
        assertThat(
                        query(
                                "SELECT count(*), count(turnover) FROM read_parquet('%s/raw/type=kline/**/*.parquet')"))
                .containsExactly("600|0");
    }

    private static List<String> query(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.formatted(root))) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }
}
