package io.tidemark.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void letsASecondsWorthGoAtOnceAndThenAsManyAsTheRate() {
        RateLimit limit = new RateLimit(10);
        long now = Long.MAX_VALUE - SECOND;
        assertThat(allowed(limit, "a", now, 20)).isEqualTo(10);
        assertThat(allowed(limit, "b", now, 20)).as("another caller").isEqualTo(10);
        assertThat(allowed(limit, "a", now + SECOND / 10, 20)).isEqualTo(1);
        assertThat(allowed(limit, "a", now + 5 * SECOND, 20))
                .as("the clock may overflow")
                .isEqualTo(10);
    }

    @Test
    void neverLetsMoreThanBurstAndRateGoInAnyStretch() {
        SplittableRandom random = new SplittableRandom(7);
        RateLimit limit = new RateLimit(50);
        long now = 0;
        long allowed = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextLong(SECOND / 200);
            allowed += limit.allows("a", now) ? 1 : 0;
        }
        long most = 50 + now / (SECOND / 50) + 1;
        assertThat(allowed).isBetween(most * 99 / 100, most);
    }

    @Test
    void noLimitIsNoLimit() {
        RateLimit limit = new RateLimit(0);
        for (int i = 0; i < 1_000; i++) {
            limit.take("a");
        }
    }

    private static int allowed(RateLimit limit, String caller, long now, int calls) {
        int allowed = 0;
        for (int i = 0; i < calls; i++) {
            allowed += limit.allows(caller, now) ? 1 : 0;
        }
        return allowed;
    }
}
