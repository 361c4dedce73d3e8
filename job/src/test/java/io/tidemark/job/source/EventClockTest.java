package io.tidemark.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventClockTest {
    @Test
    void announcesTheFirstEventAndThenOnlyStepsCrossed() {
        EventClock clock = new EventClock(1_000, 50);

        assertThat(clock.watermark()).isEqualTo(EventClock.NONE);
        assertThat(clock.reach(10_020)).isTrue();
        assertThat(clock.watermark()).isEqualTo(10_020 - 50 - 1);
        assertThat(clock.reach(10_049)).isFalse();
        assertThat(clock.reach(10_050)).isTrue();
        assertThat(clock.watermark()).isEqualTo(9_999);
        assertThat(clock.reach(10_700)).isFalse();
        assertThat(clock.reach(12_100)).isTrue();
        assertThat(clock.watermark()).isEqualTo(12_049);
    }

    @Test
    void neverGoesBackForAnOlderTime() {
        EventClock clock = new EventClock(100, 0);
        clock.reach(5_000);

        assertThat(clock.reach(1_000)).isFalse();
        assertThat(clock.reach(5_099)).isFalse();
        assertThat(clock.watermark()).isEqualTo(4_999);
        assertThat(clock.reach(5_100)).isTrue();
        assertThat(clock.watermark()).isEqualTo(5_099);
    }

    @Test
    void tellsBeforehandWhatItWouldAnnounce() {
        EventClock clock = new EventClock(1_000, 50);

        assertThat(clock.wouldAnnounce(EventClock.NONE)).isFalse();
        assertThat(clock.wouldAnnounce(10_020)).isTrue();
        clock.reach(10_020);
        assertThat(clock.wouldAnnounce(10_049)).isFalse();
        assertThat(clock.wouldAnnounce(10_050)).isTrue();
        assertThat(clock.wouldAnnounce(9_000)).isFalse();
    }

    @Test
    void refusesAStepOrALatenessThatMeansNothing() {
        assertThatThrownBy(() -> new EventClock(0, 0)).hasMessageContaining("got 0 and 0");
        assertThatThrownBy(() -> new EventClock(1, -1)).hasMessageContaining("got 1 and -1");
    }
}
