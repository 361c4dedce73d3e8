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

    private static final int START = 0;
    private static final int END = 1;
    private static final int TIME = 2;
    private static final int INTERVAL = 3;
    private static final int OPEN = 4;
    private static final int HIGH = 5;
    private static final int LOW = 6;
    private static final int CLOSE = 7;
    private static final int VOLUME = 8;
    private static final int TURNOVER = 9;
    private static final int CONFIRM = 10;

    private final Fields in;
    private final HeldText interval = new HeldText();

    private long startMicros;
    private long endMicros;
    private long timeMicros;
    private double open;
    private double high;
    private double low;
    private double close;
    private double volume;
    private double turnover;
    private @Nullable Boolean confirm;

    KlineReader(Fields in) {
        this.in = in;
    }

    @Override
    public void reset() {
        startMicros = UNKNOWN_TIME;
        endMicros = UNKNOWN_TIME;
        timeMicros = UNKNOWN_TIME;
        interval.clear();
        open = Double.NaN;
        high = Double.NaN;
        low = Double.NaN;
        close = Double.NaN;
        volume = Double.NaN;
        turnover = Double.NaN;
        confirm = null;
    }

    @Override
    public int code(String field) {
        return switch (field) {
            case "start" -> START;
            case "end" -> END;
            case "timestamp" -> TIME;
            case "interval" -> INTERVAL;
            case "open" -> OPEN;
            case "high" -> HIGH;
            case "low" -> LOW;
            case "close" -> CLOSE;
            case "volume" -> VOLUME;
            case "turnover" -> TURNOVER;
            case "confirm" -> CONFIRM;
            default -> FieldName.SKIP;
        };
    }

    @Override
    public void take(int code, String name) throws RefusedException {
        switch (code) {
            case START -> startMicros = in.numbers().millis(name);
            case END -> endMicros = in.numbers().millis(name);
            case TIME -> timeMicros = in.numbers().millis(name);
            case INTERVAL -> in.texts().identity(name, MAX_INTERVAL, interval);
            case OPEN -> open = in.numbers().number(name, Sign.POSITIVE);
            case HIGH -> high = in.numbers().number(name, Sign.POSITIVE);
            case LOW -> low = in.numbers().number(name, Sign.POSITIVE);
            case CLOSE -> close = in.numbers().number(name, Sign.POSITIVE);
            case VOLUME -> volume = in.numbers().number(name, Sign.NOT_NEGATIVE);
            case TURNOVER -> turnover = in.numbers().number(name, Sign.NOT_NEGATIVE);
            case CONFIRM -> confirm = in.texts().flag(name);
            default -> in.cursor().skip();
        }
    }

    @Override
    public MarketEvent build(Envelope envelope) throws RefusedException {
        String name = interval.from(in.cursor().body());
        if (name == null) {
            throw Fields.missing("payload.interval");
        }
        if (confirm == null) {
            throw Fields.missing("payload.confirm");
        }
        checkPrices();
        checkTimes();
        long time = timeMicros == UNKNOWN_TIME ? envelope.messageTimeMicros() : timeMicros;
        return new Kline(
                envelope.header(time, 0, EventIds.kline(name, startMicros, time, confirm)),
                name,
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
