package io.tidemark.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;

class ReadProgressTest {
    private static final long MS = 1_000_000L;
    private static final long QUIET = 2_000 * MS;

    private final JobID job = new JobID();

    @Test
    void aSourceWithoutEventsHasReachedWhatTheOthersRead() {
        try (ReadProgress.Member trades = ReadProgress.join(job, 0);
                ReadProgress.Member funding = ReadProgress.join(job, 0)) {
            assertThat(funding.reachedMillis(5 * MS, QUIET)).isEqualTo(EventClock.NONE);

            trades.read(10_000, 5 * MS);
            trades.read(9_000, 6 * MS);

            assertThat(funding.reachedMillis(7 * MS, QUIET)).isEqualTo(10_000);
            assertThat(trades.reachedMillis(7 * MS, QUIET)).isEqualTo(10_000);
        }
    }

    @Test
    void whenAllAreSilentForLongTimeGoesOnWithTheWallClock() {
        try (ReadProgress.Member trades = ReadProgress.join(job, 0);
                ReadProgress.Member funding = ReadProgress.join(job, 0)) {
            trades.read(10_000, 100 * MS);
            funding.heard(300 * MS);

            assertThat(trades.reachedMillis(2_299 * MS, QUIET)).isEqualTo(10_000);
            assertThat(trades.reachedMillis(2_300 * MS, QUIET)).isEqualTo(10_000 + 2_200);
        }
    }

    @Test
    void jobsDoNotSeeEachOtherAndAClosedSourceIsForgotten() {
        try (ReadProgress.Member here = ReadProgress.join(job, 0);
                ReadProgress.Member elsewhere = ReadProgress.join(new JobID(), 0)) {
            elsewhere.read(50_000, 0);
            try (ReadProgress.Member other = ReadProgress.join(job, 0)) {
                other.read(20_000, 0);
                assertThat(here.sources()).isEqualTo(2);
            }

            assertThat(here.sources()).isEqualTo(1);
            assertThat(here.reachedMillis(0, QUIET)).isEqualTo(EventClock.NONE);
        }
    }
}
