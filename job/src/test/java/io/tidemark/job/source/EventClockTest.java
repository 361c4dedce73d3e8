package io.tidemark.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventClockTest {
    private static final long MS = 1_000_000L;

    @Test
    void announcesTheFirstEventAndThenOnlyStepsCrossed() {
        EventClock clock = new EventClock(1_000, 50);

        assertThat(clock.observe(10_020, 0)).isEqualTo(10_020 - 50 - 1);
        assertThat(clock.observe(10_049, 0)).isEqualTo(EventClock.NONE);
        assertThat(clock.observe(10_050, 0)).isEqualTo(9_999);
        assertThat(clock.observe(10_700, 0)).isEqualTo(EventClock.NONE);
        assertThat(clock.observe(12_100, 0)).isEqualTo(12_049);
    }

    @Test
    void neverGoesBackForAnOlderEvent() {
        EventClock clock = new EventClock(100, 0);
        clock.observe(5_000, 0);

        assertThat(clock.observe(1_000, 0)).isEqualTo(EventClock.NONE);
        assertThat(clock.observe(5_099, 0)).isEqualTo(EventClock.NONE);
        assertThat(clock.observe(5_100, 0)).isEqualTo(5_099);
    }

    @Test
    void movesWithTheWallClockWhenQuietFromItsOwnNewestEvent() {
        EventClock clock = new EventClock(1_000, 50);
        clock.observe(10_500, 7 * MS);

        assertThat(clock.quietAt(400 * MS)).isEqualTo(EventClock.NONE);
        assertThat(clock.quietAt((7 + 550) * MS)).isEqualTo(10_999);
        assertThat(clock.quietAt((7 + 600) * MS)).isEqualTo(EventClock.NONE);
    }

    @Test
    void hasNoTimeOfItsOwnBeforeTheFirstEvent() {
        EventClock clock = new EventClock(1_000, 50);

        assertThat(clock.hasTime()).isFalse();
        assertThat(clock.quietAt(Long.MAX_VALUE)).isEqualTo(EventClock.NONE);
    }

    @Test
    void refusesAStepOrALatenessThatMeansNothing() {
        assertThatThrownBy(() -> new EventClock(0, 0)).hasMessageContaining("got 0 and 0");
        assertThatThrownBy(() -> new EventClock(1, -1)).hasMessageContaining("got 1 and -1");
    }
}
