package io.tidemark.job.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivePartitionTest {
    private static final long HOUR = 3_600_000_000L;

    @Test
    void changesAtTheFullHourInUtc() {
        long nine = 1_765_098_000_000_000L;
        assertThat(ArchivePartition.dateAndHour(nine - 1)).isEqualTo("date=2025-12-07/hour=08");
        assertThat(ArchivePartition.dateAndHour(nine)).isEqualTo("date=2025-12-07/hour=09");
        assertThat(ArchivePartition.dateAndHour(nine + HOUR)).isEqualTo("date=2025-12-07/hour=10");
        assertThat(ArchivePartition.date(nine + 15 * HOUR - 1)).isEqualTo("date=2025-12-07");
        assertThat(ArchivePartition.date(nine + 15 * HOUR)).isEqualTo("date=2025-12-08");
        assertThat(ArchivePartition.dateAndHour(-1)).isEqualTo("date=1969-12-31/hour=23");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1})
    void hasAFolderForEveryTime(long micros) {
        assertThat(ArchivePartition.dateAndHour(micros))
                .matches("date=[+-]?\\d+-\\d\\d-\\d\\d/hour=\\d\\d");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameFolderIsAnsweredForTimesInAnyOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HourFolders folders = new HourFolders("type=trade");
        for (int i = 0; i < 1_000; i++) {
            long micros = random.nextLong(-3 * HOUR, 3 * HOUR);
            assertThat(folders.of(micros))
                    .isEqualTo("type=trade/" + ArchivePartition.dateAndHour(micros));
        }
        for (long extreme : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(folders.of(extreme))
                    .isEqualTo("type=trade/" + ArchivePartition.dateAndHour(extreme));
        }
    }

    @Test
    void hasAFolderForEveryTextAndNoneOutside() {
        assertThat(ArchivePartition.of("registry", "1.0.0-rc.1+b"))
                .isEqualTo("registry=1.0.0-rc.1+b");
        assertThat(ArchivePartition.of("registry", "../a b%")).isEqualTo("registry=..%2Fa%20b%25");
    }
}
