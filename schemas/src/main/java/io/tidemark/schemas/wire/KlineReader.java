package io.tidemark.schemas.wire;

import static io.tidemark.schemas.event.EventHeader.UNKNOWN_TIME;

import io.tidemark.schemas.event.Kline;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.wire.FieldNumbers.Sign;
import org.jspecify.annotations.Nullable;

/** A candle update's payload. */
final class KlineReader implements PayloadReader {
    private static final int MAX_INTERVAL = 8;

    private long startMicros;
    private long endMicros;
    private long timeMicros;
    private @Nullable String interval;
    private double open;
    private double high;
    private double low;
    private double close;
    private double volume;
    private double turnover;
    private @Nullable Boolean confirm;

    @Override
    public void reset() {
        startMicros = UNKNOWN_TIME;
        endMicros = UNKNOWN_TIME;
        timeMicros = UNKNOWN_TIME;
        interval = null;
        open = Double.NaN;
        high = Double.NaN;
        low = Double.NaN;
        close = Double.NaN;
        volume = Double.NaN;
        turnover = Double.NaN;
        confirm = null;
    }

    @Override
    public FieldTaker taker(String field) {
        return switch (field) {
            case "start" -> (name, in) -> startMicros = in.numbers().millis(name);
            case "end" -> (name, in) -> endMicros = in.numbers().millis(name);
            case "timestamp" -> (name, in) -> timeMicros = in.numbers().millis(name);
            case "interval" -> (name, in) -> interval = in.texts().identity(name, MAX_INTERVAL);
            case "open" -> (name, in) -> open = in.numbers().number(name, Sign.POSITIVE);
            case "high" -> (name, in) -> high = in.numbers().number(name, Sign.POSITIVE);
            case "low" -> (name, in) -> low = in.numbers().number(name, Sign.POSITIVE);
            case "close" -> (name, in) -> close = in.numbers().number(name, Sign.POSITIVE);
            case "volume" -> (name, in) -> volume = in.numbers().number(name, Sign.NOT_NEGATIVE);
            case "turnover" ->
                    (name, in) -> turnover = in.numbers().number(name, Sign.NOT_NEGATIVE);
            case "confirm" -> (name, in) -> confirm = in.texts().flag(name);
            default -> FieldTaker.SKIP;
        };
    }

    @Override
    public MarketEvent build(Envelope envelope) throws RefusedException {
        if (interval == null) {
            throw Fields.missing("payload.interval");
        }
        if (confirm == null) {
            throw Fields.missing("payload.confirm");
        }
        checkPrices();
        checkTimes();
        long time = timeMicros == UNKNOWN_TIME ? envelope.messageTimeMicros() : timeMicros;
        return new Kline(
                envelope.header(time, 0, EventIds.kline(interval, startMicros, time, confirm)),
                interval,
                startMicros,
                endMicros,
                open,
                high,
                low,
                close,
                volume,
                turnover,
                confirm);
    }

    private void checkPrices() throws RefusedException {
        require(open, "payload.open");
        require(high, "payload.high");
        require(low, "payload.low");
        require(close, "payload.close");
        require(volume, "payload.volume");
        if (high < Math.max(open, close) || low > Math.min(open, close)) {
            throw new RefusedException(
                    RejectReason.INCONSISTENT,
                    "payload: wanted low <= open, close <= high, got open %s high %s low %s close %s"
                            .formatted(open, high, low, close));
        }
    }

    private static void require(double number, String field) throws RefusedException {
        if (Double.isNaN(number)) {
            throw Fields.missing(field);
        }
    }

    private void checkTimes() throws RefusedException {
        if (startMicros == UNKNOWN_TIME) {
            throw Fields.missingTime("payload.start");
        }
        if (endMicros == UNKNOWN_TIME) {
            throw Fields.missingTime("payload.end");
        }
        Envelope.checkRange("payload.start", startMicros);
        Envelope.checkRange("payload.end", endMicros);
        if (endMicros < startMicros) {
            throw new RefusedException(
                    RejectReason.INCONSISTENT,
                    "payload: wanted start <= end, got start %d end %d microseconds"
                            .formatted(startMicros, endMicros));
        }
    }
}
