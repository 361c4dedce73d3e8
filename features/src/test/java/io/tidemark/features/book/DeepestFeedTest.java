package io.tidemark.features.book;

import static io.tidemark.features.engine.Events.SECOND;
import static io.tidemark.features.engine.Events.levels;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.Events;
import org.junit.jupiter.api.Test;

class DeepestFeedTest {
    private static final double[] ASKS = levels(101, 1);

    private final DeepestFeed feed = new DeepestFeed(300 * SECOND);

    private BookChange full(long time, int depth, double bid) {
        return feed.accept(Events.snapshot(time, depth, 10, levels(bid, 1), ASKS));
    }

    @Test
    void usesTheDeepestSeenAndIgnoresShallowerOnes() {
        assertThat(full(0, 1, 91)).isEqualTo(BookChange.APPLIED);
        assertThat(full(1, 50, 92)).isEqualTo(BookChange.APPLIED);
        assertThat(full(2, 1, 93)).isEqualTo(BookChange.IGNORED);
        assertThat(feed.book().bestBid()).isEqualTo(92);
        assertThat(full(3, 0, 94)).isEqualTo(BookChange.APPLIED);
        assertThat(full(4, 200, 95)).isEqualTo(BookChange.IGNORED);
        assertThat(feed.book().bestBid()).isEqualTo(94);
        assertThat(feed.lastTimeMicros()).isEqualTo(3);
    }

    @Test
    void aDeeperFeedThatBeginsWithAChangeIsAGap() {
        full(0, 1, 91);
        assertThat(feed.accept(Events.delta(1, 50, 11, levels(92, 1), levels())))
                .isEqualTo(BookChange.GAP);
        assertThat(feed.book().defined()).isFalse();
    }

    @Test
    void aFeedThatMissesChangesTooLongGivesWayToTheOneThatTellsThem() {
        full(0, 200, 91);
        assertThat(full(1 * SECOND, 50, 92)).isEqualTo(BookChange.IGNORED);
        assertThat(full(301 * SECOND, 50, 93)).isEqualTo(BookChange.IGNORED);
        assertThat(full(301 * SECOND + 1, 50, 94)).isEqualTo(BookChange.APPLIED);
        assertThat(feed.book().bestBid()).isEqualTo(94);
        assertThat(feed.book().feedDepth()).isEqualTo(50);
    }

    @Test
    void aChangeOfTheFeedThatTakesOverIsAGapUntilItsSnapshot() {
        full(0, 200, 91);
        assertThat(change(1 * SECOND)).isEqualTo(BookChange.IGNORED);
        assertThat(change(302 * SECOND)).isEqualTo(BookChange.GAP);
        assertThat(feed.book().defined()).isFalse();
        assertThat(full(303 * SECOND, 50, 92)).isEqualTo(BookChange.APPLIED);
    }

    @Test
    void aQuietMarketLeavesTheDeepestFeedInUse() {
        full(0, 200, 91);
        for (int i = 0; i < 1_000; i++) {
            assertThat(full(i * SECOND, 1, 91)).isEqualTo(BookChange.IGNORED);
        }
        // Both tell of the next change, the shallower one a moment earlier.
        assertThat(full(1_000 * SECOND, 1, 92)).isEqualTo(BookChange.IGNORED);
        assertThat(feed.accept(Events.delta(1_000 * SECOND + 1, 200, 11, levels(92, 1), levels())))
                .isEqualTo(BookChange.APPLIED);
        assertThat(full(1_301 * SECOND, 1, 93)).isEqualTo(BookChange.IGNORED);
        assertThat(feed.book().bestBid()).isEqualTo(92);
    }

    private BookChange change(long time) {
        return feed.accept(Events.delta(time, 50, 11, levels(92, 1), levels()));
    }
}
