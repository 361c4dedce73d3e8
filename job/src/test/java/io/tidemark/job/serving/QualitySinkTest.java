package io.tidemark.job.serving;

import static io.tidemark.job.serving.MigratedStore.NO_CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.quality.DelayHistogram;
import io.tidemark.features.quality.MinuteQuality;
import io.tidemark.job.quality.QualityEntry;
import io.tidemark.job.quality.QualityEntrySerializer;
import io.tidemark.schemas.event.EventType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real PostgreSQL with the real migrations. */
class QualitySinkTest {
    private static final long MINUTE = 1_765_112_340_000_000L;

    @RegisterExtension static final MigratedStore STORE = MigratedStore.start();

    @BeforeEach
    void empty() throws SQLException {
        STORE.query("TRUNCATE minute_quality, quality_writer");
    }

    /** Entries in any order, some again and again, as after failures: each counts once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void everyEntryCountsOnce(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<QualityEntry> entries = new ArrayList<>();
        Map<String, MinuteQuality> expected = new TreeMap<>();
        for (int writer = 0; writer < 3; writer++) {
            String name = UUID.randomUUID().toString();
            for (int number = 1; number <= 5; number++) {
                Map<Integer, MinuteQuality> minutes = new TreeMap<>();
                for (int i = 0; i < 3; i++) {
                    MinuteQuality one = minute(random);
                    minutes.put((int) (one.minuteMicros() - MINUTE), one);
                }
                entries.add(new QualityEntry(name, number, List.copyOf(minutes.values())));
                minutes.values().forEach(one -> expected.merge(key(one), one, MinuteQuality::plus));
            }
        }
        try (QualityConnection store = QualityConnection.open(STORE.settings())) {
            for (int i = entries.size() - 1; i > 0; i--) {
                Collections.swap(entries, i, random.nextInt(i + 1));
            }
            for (QualityEntry entry : entries) {
                assertThat(store.book(entry)).isTrue();
                QualityEntry again = entries.get(random.nextInt(entries.indexOf(entry) + 1));
                assertThat(store.book(again)).isFalse();
            }
        }
        assertThat(stored())
                .isEqualTo(expected.values().stream().map(QualitySinkTest::text).toList());
    }

    @Test
    void theWriterMakesOneEntryACheckpoint() {
        QualitySink.Writer writer = new QualitySink.Writer();
        MinuteQuality one = minute(new SplittableRandom(1));
        assertThat(writer.prepareCommit()).isEmpty();
        writer.write(one, NO_CONTEXT);
        writer.write(one, NO_CONTEXT);
        assertThat(writer.prepareCommit())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.number()).isEqualTo(1);
                            assertThat(entry.minutes())
                                    .singleElement()
                                    .extracting(QualitySinkTest::text)
                                    .isEqualTo(text(one.plus(one)));
                        });
        assertThat(writer.prepareCommit()).isEmpty();
    }

    @Test
    void anEntryInACheckpointIsReadBack() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        QualityEntry entry = new QualityEntry("w", 7, List.of(minute(random)));
        QualityEntrySerializer serializer = new QualityEntrySerializer();
        QualityEntry back = serializer.deserialize(1, serializer.serialize(entry));
        assertThat(back.writer()).isEqualTo("w");
        assertThat(back.number()).isEqualTo(7);
        assertThat(back.minutes().stream().map(QualitySinkTest::text).toList())
                .isEqualTo(entry.minutes().stream().map(QualitySinkTest::text).toList());
    }

    private static MinuteQuality minute(SplittableRandom random) {
        boolean clocked = random.nextBoolean();
        long[] delays = new long[DelayHistogram.BINS];
        if (clocked) {
            delays[random.nextInt(delays.length)] = 1 + random.nextLong(9);
        }
        return new MinuteQuality(
                "BTCUSDT",
                EventType.TRADE,
                MINUTE + random.nextInt(4) * 60_000_000L,
                1 + random.nextLong(100),
                random.nextLong(5),
                random.nextLong(9),
                random.nextLong(3),
                random.nextLong(100_000_000),
                random.nextLong(4),
                random.nextLong(3),
                random.nextInt(200) / 8.0,
                random.nextLong(3),
                random.nextLong(8),
                clocked ? 1 : 0,
                random.nextLong(2),
                clocked ? random.nextLong(-9, 9) : Long.MAX_VALUE,
                clocked ? random.nextLong(9, 99) : Long.MIN_VALUE,
                clocked ? 5 : 0,
                delays);
    }

    private static String key(MinuteQuality one) {
        return one.symbol() + one.type() + one.minuteMicros();
    }

    private static String text(MinuteQuality one) {
        return "%s %s %d: %d %d %d %d %d %d %d %s %d %d %d %d %s %s %d %s"
                .formatted(
                        one.symbol(),
                        one.type().wireName(),
                        one.minuteMicros(),
                        one.messages(),
                        one.gaps(),
                        one.missing(),
                        one.silences(),
                        one.silentMicros(),
                        one.repeats(),
                        one.spikes(),
                        one.worstSpike(),
                        one.crossed(),
                        one.overtaken(),
                        one.clocked(),
                        one.behind(),
                        one.clocked() == 0 ? "null" : one.least(),
                        one.clocked() == 0 ? "null" : one.most(),
                        one.total(),
                        Arrays.toString(one.delays()));
    }

    private static List<String> stored() throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = STORE.connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                """
                                SELECT symbol, type, (extract(epoch FROM minute) * 1000000)::bigint, messages, gaps,
                                       missing, silences, silent_micros, repeats, spikes, worst_spike, crossed,
                                       overtaken, clocked, behind, least_micros, most_micros, total_micros, delays
                                FROM minute_quality
                                ORDER BY symbol, type, minute
                                """)) {
            while (result.next()) {
                Object[] columns = new Object[19];
                for (int i = 0; i < 18; i++) {
                    columns[i] = result.getObject(i + 1);
                }
                columns[18] = Arrays.toString((Long[]) result.getArray(19).getArray());
                rows.add(
                        "%s %s %d: %d %d %d %d %d %d %d %s %d %d %d %d %s %s %d %s"
                                .formatted(columns));
            }
        }
        return rows;
    }
}
