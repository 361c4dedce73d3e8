package io.tidemark.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.bench.load.EventSchedule;
import io.tidemark.bench.load.MarketMix;
import org.junit.jupiter.api.Test;

class DelaysTest {
    private static final long START = 1_765_000_000_000_000L;
    private static final long SECOND = 1_000_000L;
    private static final int SYMBOLS = 2;
    private static final RowGrid GRID = new RowGrid(START + SECOND, SECOND, 10, SYMBOLS);

    private static Sightings allSeenAfter(long micros) {
        Sightings sightings = new Sightings(GRID);
        for (int step = 0; step < GRID.steps(); step++) {
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                sightings.see(symbol, GRID.timeOf(step), GRID.timeOf(step) + micros);
            }
        }
        return sightings;
    }

    @Test
    void countsEveryRowOfTheStretchOnce() {
        Delays delays = Delays.ofRows(allSeenAfter(60_000), START + 3 * SECOND, START + 7 * SECOND);
        assertThat(delays.delays().getTotalCount()).isEqualTo(4 * SYMBOLS);
        assertThat(delays.missing()).isZero();
        assertThat(delays.delays().getMaxValue()).isBetween(60_000L, 60_100L);
        assertThat(delays.delays().getMinValue()).isBetween(59_900L, 60_000L);
    }

    @Test
    void aRowThatNeverCameIsMissingAndNotLeftOut() {
        Sightings sightings = new Sightings(GRID);
        sightings.see(0, GRID.timeOf(0), GRID.timeOf(0) + 5);
        Delays delays = Delays.ofRows(sightings, START, START + 20 * SECOND);
        assertThat(delays.delays().getTotalCount()).isEqualTo(1);
        assertThat(delays.missing()).isEqualTo(10 * SYMBOLS - 1);
        assertThat(sightings.missing(0, 10)).isEqualTo(10 * SYMBOLS - 1);
    }

    @Test
    void theFirstSightingCounts() {
        Sightings sightings = new Sightings(GRID);
        sightings.see(1, GRID.timeOf(4), 1_000);
        sightings.see(1, GRID.timeOf(4), 2_000);
        assertThat(sightings.at(4, 1)).isEqualTo(1_000);
    }

    @Test
    void aRowOutsideTheRunIsIgnored() {
        Sightings sightings = new Sightings(GRID);
        sightings.see(0, START, 1);
        sightings.see(0, START + 11 * SECOND, 1);
        sightings.see(0, START + SECOND + 1, 1);
        assertThat(sightings.missing(0, 10)).isEqualTo(10 * SYMBOLS);
    }

    @Test
    void anEventWaitsForTheFirstGridTimeAfterIt() {
        assertThat(GRID.rowOf(START)).isEqualTo(START + SECOND);
        assertThat(GRID.rowOf(START + SECOND - 1)).isEqualTo(START + SECOND);
        assertThat(GRID.rowOf(START + SECOND)).isEqualTo(START + 2 * SECOND);
    }

    @Test
    void anEventsDelayIsFromItsIntendedTimeToItsRow() {
        EventSchedule schedule = new EventSchedule(START, 100);
        Delays delays =
                Delays.ofEvents(
                        allSeenAfter(50_000),
                        schedule,
                        new MarketMix(SYMBOLS, 1),
                        START + 2 * SECOND,
                        START + 5 * SECOND);
        assertThat(delays.delays().getTotalCount()).isEqualTo(300);
        // The event at the grid time waits a whole second, the last before the next one 10 ms.
        assertThat(delays.delays().getMaxValue()).isBetween(1_050_000L, 1_051_000L);
        assertThat(delays.delays().getMinValue()).isBetween(59_000L, 60_100L);
    }

    @Test
    void aStallIsCountedForEveryRowThatFellIntoIt() {
        Sightings sightings = new Sightings(GRID);
        long resumed = START + 6 * SECOND;
        for (int step = 0; step < GRID.steps(); step++) {
            long seen = Math.max(GRID.timeOf(step) + 50_000, step >= 2 ? resumed : 0);
            sightings.see(0, GRID.timeOf(step), seen);
            sightings.see(1, GRID.timeOf(step), seen);
        }
        Delays delays = Delays.ofRows(sightings, START, START + 20 * SECOND);
        assertThat(delays.delays().getMaxValue()).isBetween(3_000_000L, 3_003_000L);
        assertThat(delays.delays().getValueAtPercentile(90)).isBetween(1_990_000L, 2_003_000L);
    }

    @Test
    void refusesARowSeenBeforeItsTime() {
        Sightings sightings = new Sightings(GRID);
        sightings.see(0, GRID.timeOf(0), GRID.timeOf(0) - 1);
        assertThatThrownBy(() -> Delays.ofRows(sightings, START, START + 2 * SECOND))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clocks");
    }
}
