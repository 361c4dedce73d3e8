package io.tidemark.local.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainedTest {
    private static final Duration QUIET = Duration.ofSeconds(15);

    private static long at(int seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void isWhenAllIsBookedAndNothingMoreComes() {
        Drained drained = new Drained(1_000, 0, QUIET);
        assertThat(drained.with(800, at(0))).isFalse();
        assertThat(drained.with(1_000, at(2))).isFalse();
        assertThat(drained.with(1_000, at(6))).isFalse();
        assertThat(drained.with(1_000, at(8))).isTrue();
    }

    @Test
    void isNotWhileWhatArrivedTwiceMayMakeUpForWhatTheJobHoldsBack() {
        Drained drained = new Drained(1_000, 300, QUIET);
        assertThat(drained.with(1_050, at(0))).isFalse();
        assertThat(drained.with(1_050, at(14))).isFalse();
        assertThat(drained.with(1_120, at(16))).isFalse();
        assertThat(drained.with(1_120, at(35))).isFalse();
        assertThat(drained.with(1_120, at(37))).isTrue();
    }

    @Test
    void isSoonWhenMoreCannotCome() {
        Drained drained = new Drained(1_000, 300, QUIET);
        assertThat(drained.with(1_300, at(0))).isFalse();
        assertThat(drained.with(1_300, at(6))).isTrue();
    }

    @Test
    void isNeverWhileSomeAreMissing() {
        Drained drained = new Drained(1_000, 300, QUIET);
        assertThat(drained.with(999, at(0))).isFalse();
        assertThat(drained.with(999, at(10_000))).isFalse();
    }
}
