package io.tidemark.job.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.schemas.archive.FeatureRowSchema;
import io.tidemark.schemas.archive.RejectedRecords;
import io.tidemark.schemas.archive.avro.RejectedRecord;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.RejectedMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FeatureAndRejectedArchiveTest {
    private static final List<String> NAMES = List.of("mid_price", "ret_60s");
    private static final FeatureColumns COLUMNS = FeatureColumns.of("1.0.0", NAMES);

    private static final List<RejectedMessage> REJECTED =
            List.of(
                    new RejectedMessage(
                            "ws-gateway.trade",
                            RejectReason.MALFORMED,
                            "half a pair: \uFFFD",
                            new byte[] {0, -1, 7},
                            3,
                            Map.of("event_type", "trade"),
                            NumberedEvents.START),
                    new RejectedMessage(
                            "ws-gateway.kline",
                            RejectReason.EMPTY_BODY,
                            "",
                            new byte[0],
                            0,
                            Map.of(),
                            NumberedEvents.START));

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @TempDir Path root;

    @Test
    void featureRowsComeBackWithTheirBits() throws Exception {
        List<FeatureRow> rows =
                IntStream.range(0, 100).mapToObj(FeatureAndRejectedArchiveTest::row).toList();

        write(
                100,
                n -> row(n.intValue()),
                FeatureRow.class,
                FeatureArchive.sink(flinkRoot(), COLUMNS));

        Path folder = root.resolve("features/registry=1.0.0");
        List<IndexedRecord> records =
                ArchiveFiles.records(folder, FeatureRowSchema.of("1.0.0", NAMES));
        assertThat(records.stream().map(FeatureRowRecords::row))
                .containsExactlyInAnyOrderElementsOf(rows);
        assertThat(ArchiveFiles.visible(folder))
                .allSatisfy(
                        file ->
                                assertThat(file.toString())
                                        .matches(
                                                "date=2025-12-07/hour=(12|13)/part-[^/]+\\.parquet"));
    }

    @Test
    void aRowOfAnotherWidthThanItsVersionFailsTheTask() {
        FeatureRow narrow = new FeatureRow("BTCUSDT", 0, "1.0.0", new double[] {1}, 0, 0, 0);
        assertThatThrownBy(() -> new FeatureRowRecords(COLUMNS).of(narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a row of registry version 1.0.0 must have 2 values, got 1 for BTCUSDT");
    }

    @Test
    void rejectedMessagesComeBackAsTheyWere() throws Exception {
        write(
                2,
                n -> REJECTED.get(n.intValue()),
                RejectedMessage.class,
                RejectedArchive.sink(flinkRoot()));

        Path folder = root.resolve("rejected/date=2025-12-07");
        List<RejectedRecord> records = ArchiveFiles.records(folder, RejectedRecords.schema());
        assertThat(records.stream().map(RejectedRecords::toMessage))
                .containsExactlyInAnyOrderElementsOf(REJECTED);
    }

    private static FeatureRow row(int n) {
        return new FeatureRow(
                n % 2 == 0 ? "BTCUSDT" : "ETHUSDT",
                NumberedEvents.START + n * 1_000_000L,
                "1.0.0",
                new double[] {n % 3 == 0 ? Double.NaN : n / 3.0, -0.0},
                n,
                n,
                n % 5 == 0 ? EventHeader.UNKNOWN_TIME : NumberedEvents.START);
    }

    private static <T> void write(int count, MapFunction<Long, T> row, Class<T> type, Sink<T> sink)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        env.enableCheckpointing(1_000);
        // Rows go from operator to operator as they are: their serializer is not the subject.
        env.getConfig().enableObjectReuse();
        env.fromSequence(0, count - 1).map(row).returns(TypeInformation.of(type)).sinkTo(sink);
        env.execute();
    }

    private org.apache.flink.core.fs.Path flinkRoot() {
        return new org.apache.flink.core.fs.Path(root.toUri());
    }
}
