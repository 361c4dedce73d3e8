package io.tidemark.local.simulator;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.Ticker;
import io.tidemark.schemas.event.TickerField;
import io.tidemark.schemas.wire.EventIds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A perpetual's ticker: a snapshot first, then only the fields that changed since. */
final class SimulatedTicker {
    private static final double BASE_FUNDING_RATE = 0.0001;

    private final Instrument instrument;
    private final SplittableRandom random;
    private final double[] sent = new double[TickerField.values().length];
    private final double[] now = new double[TickerField.values().length];
    private long sentNextFunding = UNKNOWN_TIME;
    private long lastTicks;
    private long highTicks;
    private long lowTicks;
    private double volume;
    private double turnover;
    private double openInterest;
    private double basis = 1e-4;
    private double fundingRate = BASE_FUNDING_RATE;

    SimulatedTicker(Instrument instrument, SplittableRandom random) {
        this.instrument = instrument;
        this.random = random;
        Arrays.fill(sent, Double.NaN);
        Arrays.fill(now, Double.NaN);
        lastTicks = instrument.startTicks();
        highTicks = lastTicks;
        lowTicks = lastTicks;
        volume = instrument.size(instrument.typicalLots() * 1_000_000);
        turnover = volume * instrument.price();
        openInterest = volume * 3;
        set(TickerField.PREV_PRICE_24H, instrument.price(lastTicks));
        set(TickerField.FUNDING_INTERVAL_HOUR, 8);
    }

    void traded(long ticks, long lots) {
        lastTicks = ticks;
        highTicks = Math.max(highTicks, ticks);
        lowTicks = Math.min(lowTicks, ticks);
        volume += instrument.size(lots);
        turnover += instrument.size(lots) * instrument.price(ticks);
        openInterest += instrument.size(lots) * (random.nextInt(3) - 1);
    }

    double fundingRate() {
        return fundingRate;
    }

    Ticker message(
            long timeMicros,
            long sequence,
            boolean snapshot,
            SimulatedBook book,
            @Nullable String tickDirection,
            long nextFundingMicros) {
        boolean traded = lastTicks != Math.round(last(TickerField.LAST_PRICE));
        drift(book, snapshot);
        double[] values = now.clone();
        for (int i = 0; i < values.length; i++) {
            // Only NaN differs from itself: a field never sent counts as changed.
            if (!snapshot && values[i] == sent[i]) {
                values[i] = Double.NaN;
            }
        }
        boolean fundingMoved = snapshot || nextFundingMicros != sentNextFunding;
        sentNextFunding = nextFundingMicros;
        System.arraycopy(now, 0, sent, 0, now.length);
        long nextFunding = fundingMoved ? nextFundingMicros : UNKNOWN_TIME;
        String direction = snapshot || traded ? tickDirection : null;
        String id =
                EventIds.ticker(
                        timeMicros, sequence, snapshot, values, nextFunding, direction, null);
        return new Ticker(
                header(instrument.symbol(), timeMicros, sequence, id),
                snapshot,
                values,
                nextFunding,
                direction,
                null);
    }

    static EventHeader header(String symbol, long timeMicros, long sequence, String id) {
        return new EventHeader(
                symbol, timeMicros, timeMicros, timeMicros, UNKNOWN_TIME, sequence, id, null, null);
    }

    private double last(TickerField field) {
        return sent[field.ordinal()] * Math.pow(10, instrument.priceDecimals());
    }

    private void drift(SimulatedBook book, boolean all) {
        set(TickerField.BID1_PRICE, instrument.price(book.bestBid()));
        set(TickerField.BID1_SIZE, instrument.size(book.bestBidLots()));
        set(TickerField.ASK1_PRICE, instrument.price(book.bestAsk()));
        set(TickerField.ASK1_SIZE, instrument.size(book.bestAskLots()));
        set(TickerField.LAST_PRICE, instrument.price(lastTicks));
        set(TickerField.HIGH_PRICE_24H, instrument.price(highTicks));
        set(TickerField.LOW_PRICE_24H, instrument.price(lowTicks));
        set(TickerField.VOLUME_24H, rounded(volume, 4));
        set(TickerField.TURNOVER_24H, rounded(turnover, 4));
        if (all || random.nextInt(3) == 0) {
            basis += 2e-6 * random.nextGaussian() - 0.01 * (basis - 1e-4);
            double index = instrument.price(lastTicks);
            set(TickerField.INDEX_PRICE, rounded(index, instrument.priceDecimals() + 1));
            set(
                    TickerField.MARK_PRICE,
                    rounded(index * (1 + basis), instrument.priceDecimals() + 1));
        }
        if (all || random.nextInt(10) == 0) {
            set(TickerField.OPEN_INTEREST, rounded(openInterest, 3));
            set(
                    TickerField.OPEN_INTEREST_VALUE,
                    rounded(openInterest * instrument.price(lastTicks), 2));
        }
        if (all || random.nextInt(200) == 0) {
            fundingRate = rounded(BASE_FUNDING_RATE + 0.3 * basis * random.nextGaussian(), 8);
            set(TickerField.FUNDING_RATE, fundingRate);
        }
        set(
                TickerField.PRICE_24H_PCNT,
                rounded(instrument.price(lastTicks) / instrument.price() - 1, 6));
    }

    private void set(TickerField field, double value) {
        now[field.ordinal()] = value;
    }

    private static double rounded(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        return Math.round(value * scale) / scale;
    }
}
