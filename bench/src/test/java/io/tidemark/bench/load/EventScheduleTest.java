package io.tidemark.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventScheduleTest {
    private static final long START = 1_765_000_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1_000, 4_999, 5_000, 1_000_000})
    void everySecondHoldsExactlyTheRate(int rate) {
        EventSchedule schedule = new EventSchedule(START, rate);
        for (int second = 0; second < 5; second++) {
            assertThat(schedule.intendedMicros((long) second * rate))
                    .isEqualTo(START + second * 1_000_000L);
            assertThat(schedule.intendedMicros((second + 1L) * rate - 1))
                    .isLessThan(START + (second + 1) * 1_000_000L);
        }
    }

    @Test
    void doesNotDriftInAYear() {
        EventSchedule schedule = new EventSchedule(START, 4_999);
        long seconds = 365L * 86_400;
        assertThat(schedule.intendedMicros(seconds * 4_999))
                .isEqualTo(START + seconds * 1_000_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 999, 5_000, 7_777})
    void findsTheFirstEventAtOrAfterATime(int rate) {
        EventSchedule schedule = new EventSchedule(START, rate);
        for (long offset = -10; offset < 3_000_000; offset += 997) {
            long n = schedule.firstAtOrAfter(START + offset);
            assertThat(schedule.intendedMicros(n)).isGreaterThanOrEqualTo(START + offset);
            if (n > 0) {
                assertThat(schedule.intendedMicros(n - 1)).isLessThan(START + offset);
            }
        }
    }

    @Test
    void anEventSaysAWholeMillisecondNotAfterItsIntendedTime() {
        EventSchedule schedule = new EventSchedule(START, 7_777);
        for (long n = 0; n < 10_000; n++) {
            long said = schedule.eventTimeMicros(n);
            assertThat(said % 1_000).isZero();
            assertThat(schedule.intendedMicros(n) - said).isBetween(0L, 999L);
        }
    }

    @Test
    void refusesARateOfNothing() {
        assertThatThrownBy(() -> new EventSchedule(START, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 0");
    }
}
