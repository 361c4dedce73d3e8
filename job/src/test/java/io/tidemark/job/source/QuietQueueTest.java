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
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            1 << 20,
                            Duration.ofSeconds(10),
                            new SourceSettings.QueueArguments(Duration.ofDays(1), 1000)),
                    () -> {
                        told.asked++;
                        return told.ready == 0;
                    },
                    () -> told.received,
                    EventType.KLINE);
    private final long start = System.nanoTime();

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void anEmptyQueueReachesOnTheSecondLookWhatTheOthersHadReadAtTheFirst() throws IOException {
        told.othersRead = 10_050;
        queue.lookAt(start + 2 * MS);
        assertThat(told.reached).isEmpty();

        told.othersRead = 10_060;
        queue.lookAt(start + 4 * MS);

        assertThat(told.reached).containsExactly(10_050L);
    }

    @Test
    void asksOnlyWhenTheAnswerWouldCloseAStep() throws IOException {
        told.othersRead = 10_050;
        lookUntil(1_000);
        assertThat(told.asked).isEqualTo(1);

        told.othersRead = 10_999;
        lookUntil(2_000);
        assertThat(told.asked).isEqualTo(1);

        told.othersRead = 11_000;
        lookUntil(3_000);
        assertThat(told.asked).isEqualTo(2);
        assertThat(told.reached).containsExactly(10_050L, 11_000L);
    }

    @Test
    void holdsTheOthersWhileTheBrokerHasABacklog() throws IOException {
        told.ready = 5;
        told.distant = true;
        told.othersRead = 10_050;

        lookUntil(5_000);

        assertThat(told.reached).isEmpty();
        assertThat(told.idle).isZero();
    }

    @Test
    void aMessageReadBetweenTheLooksMakesTheFirstLookWorthless() throws IOException {
        told.othersRead = 10_050;
        queue.lookAt(start + 2 * MS);
        told.received = 1;
        queue.heard(start + 3 * MS);
        told.ready = 1;

        queue.lookAt(start + 4 * MS);
        queue.lookAt(start + 6 * MS);

        assertThat(told.reached).isEmpty();
    }

    @Test
    void whatHasComeAndIsNotReadIsWaitedForHoweverLong() throws IOException {
        told.othersRead = 10_050;
        queue.lookAt(start + 2 * MS);
        told.received = 1;

        lookUntil(1_000);
        assertThat(told.reached).isEmpty();

        queue.heard(start + 1_000 * MS);
        lookUntil(1_010);
        assertThat(told.reached).containsExactly(10_050L);
    }

    @Test
    void isIdleForSourcesElsewhereAfterASilence() throws IOException {
        told.distant = true;
        told.received = 1;
        queue.heard(start);

        lookUntil(499);
        assertThat(told.idle).isZero();

        lookUntil(3_000);
        assertThat(told.idle).isEqualTo(1);
        assertThat(told.asked).isEqualTo(1);

        told.received = 2;
        queue.heard(start + 3_000 * MS);
        lookUntil(4_000);
        assertThat(told.idle).isEqualTo(2);
    }

    @Test
    void isNeverIdleWhenAllSourcesAreHere() throws IOException {
        told.received = 1;
        queue.heard(start);

        lookUntil(5_000);

        assertThat(told.idle).isZero();
        assertThat(told.asked).isZero();
    }

    private long lookedUntil;

    private void lookUntil(long millis) throws IOException {
        for (; lookedUntil <= millis; lookedUntil += 2) {
            queue.lookAt(start + lookedUntil * MS);
        }
    }

    /** Steps of a second. */
    private static final class Told implements QuietQueue.Stream {
        final List<Long> reached = new ArrayList<>();
        long othersRead = EventClock.NONE;
        boolean distant;
        long ready;
        long received;
        int asked;
        int idle;

        @Override
        public Object getCheckpointLock() {
            return this;
        }

        @Override
        public long reachedMillis(long nowNanos) {
            return othersRead;
        }

        @Override
        public boolean wouldAnnounce(long millis) {
            return millis != EventClock.NONE
                    && (reached.isEmpty()
                            || millis / 1_000 > reached.get(reached.size() - 1) / 1_000);
        }

        @Override
        public void reach(long millis) {
            if (wouldAnnounce(millis)) {
                reached.add(millis);
            }
        }

        @Override
        public boolean hasDistantSources() {
            return distant;
        }

        @Override
        public void markAsTemporarilyIdle() {
            idle++;
        }
    }
}
