package io.tidemark.server.predictions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.server.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written by COPY is what is read by SELECT. */
final class PredictionCopyTest {
    @TempDir Path data;

    @Test
    void everyBitComesBack() throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(data);
                Connection connection = database.connect()) {
            PredictionCopy copy = new PredictionCopy();
            copy.add(
                    connection,
                    List.of(
                            entry(
                                    "one",
                                    0,
                                    "BTCUSDT",
                                    Instant.parse("1999-12-31T23:59:59.999999Z")),
                            entry("one", 1, null, null)));
            copy.add(connection, many());

            Jdbi jdbi = Jdbi.create(database::connect).installPlugin(new SqlObjectPlugin());
            jdbi.registerRowMapper(new StoredPrediction.Mapper());
            List<StoredPrediction> one =
                    jdbi.withExtension(PredictionSql.class, sql -> sql.ofRequest("one", 9));
            assertThat(one).hasSize(2);
            assertThat(one.get(0).symbol()).isEqualTo("BTCUSDT");
            assertThat(Objects.requireNonNull(one.get(0).featureTime()).toInstant())
                    .isEqualTo(Instant.parse("1999-12-31T23:59:59.999999Z"));
            assertThat(one.get(0).features())
                    .containsExactly(-0.0, Double.NaN, Double.MIN_VALUE, Math.PI);
            assertThat(one.get(0).output()).containsExactly(1e300);
            assertThat(one.get(0).degraded()).isTrue();
            assertThat(one.get(0).latencyMicros()).isEqualTo(77);
            assertThat(one.get(1).symbol()).isNull();
            assertThat(one.get(1).featureTime()).isNull();
            assertThat(one.get(1).item()).isEqualTo(1);

            List<StoredPrediction> stored =
                    jdbi.withExtension(PredictionSql.class, sql -> sql.ofRequest("many", 9_999));
            List<AuditEntry> written = many();
            assertThat(stored).hasSameSizeAs(written);
            for (int i = 0; i < written.size(); i++) {
                assertThat(stored.get(i).features()).isEqualTo(written.get(i).features());
                assertThat(stored.get(i).output()).isEqualTo(written.get(i).output());
            }
        }
    }

    @Test
    void allAreAddedOrNone() throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(data);
                Connection connection = database.connect()) {
            PredictionCopy copy = new PredictionCopy();
            assertThatThrownBy(
                            () ->
                                    copy.add(
                                            connection,
                                            List.of(
                                                    entry("good", 0, "BTCUSDT", null),
                                                    entry("bad\0", 0, "BTCUSDT", null))))
                    .isInstanceOf(SQLException.class);
            Jdbi jdbi = Jdbi.create(database::connect).installPlugin(new SqlObjectPlugin());
            jdbi.registerRowMapper(new StoredPrediction.Mapper());
            assertThat(
                            jdbi
                                    .<List<StoredPrediction>, PredictionSql, RuntimeException>
                                            withExtension(
                                                    PredictionSql.class,
                                                    sql -> sql.recent(null, 9)))
                    .isEmpty();

            copy.add(connection, List.of(entry("good", 0, "BTCUSDT", null)));
            assertThat(
                            jdbi
                                    .<List<StoredPrediction>, PredictionSql, RuntimeException>
                                            withExtension(
                                                    PredictionSql.class,
                                                    sql -> sql.recent("BTCUSDT", 9)))
                    .hasSize(1);
        }
    }

    private static AuditEntry entry(
            String requestId, int item, @Nullable String symbol, @Nullable Instant time) {
        return new AuditEntry(
                requestId,
                item,
                symbol,
                3,
                "00ff",
                "1.0.0",
                time,
                new double[] {-0.0, Double.NaN, Double.MIN_VALUE, Math.PI},
                new double[] {1e300},
                true,
                77,
                item % 2 == 1);
    }

    /** More than the buffer begins with. */
    private static List<AuditEntry> many() {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 2_000)
                .mapToObj(
                        item ->
                                new AuditEntry(
                                        "many",
                                        item,
                                        "ETHUSDT",
                                        1,
                                        "aa",
                                        "1.0.0",
                                        Instant.EPOCH.plusSeconds(item),
                                        random.doubles(40).toArray(),
                                        random.doubles(3).toArray(),
                                        false,
                                        item,
                                        false))
                .toList();
    }
}
