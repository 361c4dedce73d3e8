package io.tidemark.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadProgressTest {
    private static final long MS = 1_000_000L;

    private final ReadProgress progress =
            new ReadProgress(new EventClock(1_000, 20), 2_000 * MS, 0);

    @Test
    void aQueueWithoutEventsHasReachedWhatWasReadFromAny() {
        assertThat(progress.reachedMillis(5 * MS)).isEqualTo(EventClock.NONE);

        progress.read(10_000, 5 * MS);
        progress.read(9_000, 6 * MS);
        assertThat(progress.reachedMillis(7 * MS)).isEqualTo(10_000);

        progress.readElsewhere(11_000, 8 * MS);
        progress.readElsewhere(10_500, 9 * MS);
        assertThat(progress.reachedMillis(10 * MS)).isEqualTo(11_000);
    }

    @Test
    void whenAllAreSilentForLongTimeGoesOnWithTheWallClock() {
        progress.read(10_000, 100 * MS);
        progress.heard(300 * MS);

        assertThat(progress.reachedMillis(2_299 * MS)).isEqualTo(10_000);
        assertThat(progress.reachedMillis(2_300 * MS)).isEqualTo(10_000 + 2_200);
    }

    @Test
    void theOthersAreToldOfAStepAtOnceAndOfLifeNowAndThen() {
        assertThat(progress.isDue(0)).isFalse();
        progress.read(10_500, MS);
        assertThat(progress.isDue(MS)).isTrue();
        assertThat(progress.isDue(2 * MS)).as("nothing new").isFalse();

        progress.read(11_019, 3 * MS);
        assertThat(progress.isDue(3 * MS)).as("the step is not over by the lateness").isFalse();
        progress.read(11_020, 4 * MS);
        assertThat(progress.isDue(4 * MS)).isTrue();

        progress.read(11_030, 5 * MS);
        assertThat(progress.isDue(503 * MS)).isFalse();
        assertThat(progress.isDue(504 * MS)).isTrue();
    }

    @Test
    void whatOthersToldIsNotToldAgain() {
        progress.readElsewhere(10_500, MS);

        assertThat(progress.isDue(10_000 * MS)).isFalse();
    }
}
