package io.tidemark.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private long last;

    @Test
    void onlyWhatACompletedCheckpointHoldsMayBeAcknowledged() {
        read(10);
        unacknowledged.checkpoint(1);
        read(5);
        unacknowledged.checkpoint(2);
        read(1);
        assertThat(unacknowledged.toAcknowledge()).isZero();

        unacknowledged.completed(1);
        assertThat(unacknowledged.toAcknowledge()).isEqualTo(10);
        unacknowledged.completed(2);
        assertThat(unacknowledged.toAcknowledge()).isEqualTo(15);
    }

    @Test
    void aCheckpointThatFailedIsCoveredByTheNext() {
        read(10);
        unacknowledged.checkpoint(1);
        read(5);
        unacknowledged.checkpoint(2);

        unacknowledged.completed(2);

        assertThat(unacknowledged.toAcknowledge()).isEqualTo(15);
    }

    @Test
    void identitiesStayACompletedCheckpointLongerThanTheBrokerWasHeard() {
        read(10);
        unacknowledged.checkpoint(1);
        unacknowledged.completed(1);
        unacknowledged.checkpoint(2);
        unacknowledged.completed(2);
        assertThat(unacknowledged.size()).as("the broker was not heard").isEqualTo(10);

        unacknowledged.confirm(10);
        read(3);
        unacknowledged.checkpoint(3);
        unacknowledged.completed(3);
        assertThat(unacknowledged.size()).as("heard since the last checkpoint").isEqualTo(13);

        unacknowledged.checkpoint(4);
        unacknowledged.completed(4);
        assertThat(unacknowledged.toArray()).containsExactly(11, -11, 12, -12, 13, -13);
    }

    @Test
    void keepsTheOrderWhenItGrowsAroundTheEnd() {
        read(900);
        unacknowledged.checkpoint(1);
        unacknowledged.completed(1);
        unacknowledged.confirm(900);
        unacknowledged.checkpoint(2);
        unacknowledged.completed(2);
        unacknowledged.checkpoint(3);
        unacknowledged.completed(3);
        assertThat(unacknowledged.size()).isZero();

        read(5_000);

        assertThat(unacknowledged.toArray())
                .containsExactly(
                        LongStream.rangeClosed(901, 5_900)
                                .flatMap(tag -> LongStream.of(tag, -tag))
                                .toArray());
    }

    @Test
    void refusesATagOutOfOrder() {
        read(3);

        assertThatThrownBy(() -> unacknowledged.add(5, new ContentIdentity(5, -5)))
                .hasMessageContaining("expected delivery 4 of the channel, got 5");
    }

    private void read(int count) {
        for (int i = 0; i < count; i++) {
            last++;
            unacknowledged.add(last, new ContentIdentity(last, -last));
        }
    }
}
