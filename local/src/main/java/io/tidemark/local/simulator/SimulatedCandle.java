package io.tidemark.local.simulator;

/** A one-minute candle under construction, in ticks and lots. Opens at the previous close. */
final class SimulatedCandle {
    static final long MINUTE_MICROS = 60_000_000L;

    private final Instrument instrument;
    private final long startMicros;
    private final long openTicks;
    private long highTicks;
    private long lowTicks;
    private long closeTicks;
    private long lots;
    private double turnover;

    SimulatedCandle(Instrument instrument, long startMicros, long previousCloseTicks) {
        this.instrument = instrument;
        this.startMicros = startMicros;
        openTicks = previousCloseTicks;
        highTicks = previousCloseTicks;
        lowTicks = previousCloseTicks;
        closeTicks = previousCloseTicks;
    }

    void trade(long ticks, long tradeLots) {
        highTicks = Math.max(highTicks, ticks);
        lowTicks = Math.min(lowTicks, ticks);
        closeTicks = ticks;
        lots += tradeLots;
        turnover += instrument.price(ticks) * instrument.size(tradeLots);
    }

    SimulatedCandle next() {
        return new SimulatedCandle(instrument, startMicros + MINUTE_MICROS, closeTicks);
    }

    long startMicros() {
        return startMicros;
    }

    long endMicros() {
        return startMicros + MINUTE_MICROS - 1_000;
    }

    double open() {
        return instrument.price(openTicks);
    }

    double high() {
        return instrument.price(highTicks);
    }

    double low() {
        return instrument.price(lowTicks);
    }

    double close() {
        return instrument.price(closeTicks);
    }

    double volume() {
        return instrument.size(lots);
    }

    double turnover() {
        return Math.round(turnover * 1e4) / 1e4;
    }
}
