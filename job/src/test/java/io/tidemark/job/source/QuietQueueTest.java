package io.tidemark.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.event.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuietQueueTest {
    private static final long MS = 1_000_000L;

    private final Told told = new Told();
    private final QuietQueue queue =
            new QuietQueue(
                    told,
                    new SourceSettings(
                            100,
                            Duration.ofMillis(50),
                            Duration.ofMillis(20),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            1 << 20,
                            Duration.ofSeconds(10),
                            new SourceSettings.QueueArguments(Duration.ofDays(1), 1000)),
                    () -> told.ready,
                    EventType.KLINE);
    private final long start = System.nanoTime();

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void isIdleOnTheSecondLookAfterTheBrokerSaidEmpty() throws IOException {
        queue.heard(start);

        queue.lookAt(start + 10 * MS);
        queue.lookAt(start + 25 * MS);
        assertThat(told.calls).isEmpty();

        queue.lookAt(start + 30 * MS);
        assertThat(told.calls).containsExactly("idle");
    }

    @Test
    void isNeverIdleWhileTheBrokerHoldsABacklog() throws IOException {
        told.ready = 5;
        queue.heard(start);

        for (int ms = 0; ms < 5_000; ms += 5) {
            queue.lookAt(start + ms * MS);
        }

        assertThat(told.calls).isEmpty();
    }

    @Test
    void aMessageReadBetweenTheLooksMakesTheFirstLookWorthless() throws IOException {
        queue.heard(start);
        queue.lookAt(start + 25 * MS);
        queue.heard(start + 26 * MS);

        queue.lookAt(start + 30 * MS);

        assertThat(told.calls).isEmpty();
    }

    @Test
    void movesWithTheClockOnlyAfterTheQuietTimeAndOnlyAsFarAsItAsked() throws IOException {
        told.hasTime = true;
        queue.heard(start);

        for (int ms = 5; ms <= 1_100; ms += 5) {
            queue.lookAt(start + ms * MS);
        }

        assertThat(told.calls.get(0)).isEqualTo("idle");
        assertThat(told.quietNanos).isNotEmpty().allMatch(nanos -> nanos - start >= 1_000 * MS);
    }

    @Test
    void withoutATimeOfItsOwnItStaysIdleAndStopsAsking() throws IOException {
        queue.heard(start);
        for (int ms = 5; ms <= 3_000; ms += 5) {
            queue.lookAt(start + ms * MS);
        }

        assertThat(told.calls).containsExactly("idle");
    }

    @Test
    void eventsOfThePastTakeALongerSilence() throws IOException {
        told.live = false;
        queue.heard(start);
        for (int ms = 5; ms <= 495; ms += 5) {
            queue.lookAt(start + ms * MS);
        }
        assertThat(told.calls).isEmpty();

        queue.lookAt(start + 505 * MS);
        queue.lookAt(start + 510 * MS);
        assertThat(told.calls).containsExactly("idle");
    }

    private static final class Told implements QuietQueue.Stream {
        final List<String> calls = new ArrayList<>();
        final List<Long> quietNanos = new ArrayList<>();
        boolean hasTime;
        boolean live = true;
        long ready;

        @Override
        public Object getCheckpointLock() {
            return this;
        }

        @Override
        public void markAsTemporarilyIdle() {
            calls.add("idle");
        }

        @Override
        public void quietAt(long nanos) {
            quietNanos.add(nanos);
        }

        @Override
        public boolean isLive() {
            return live;
        }

        @Override
        public boolean hasTime() {
            return hasTime;
        }
    }
}
