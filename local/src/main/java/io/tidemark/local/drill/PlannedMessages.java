package io.tidemark.local.drill;

import io.tidemark.local.publish.OutgoingMessage;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated market, with duplicates, late and bad messages among it. Each message has a number of
 * its own, its trace id, by which it is found again wherever it ended. For one thread; what it has
 * planned is read when that has ended.
 */
final class PlannedMessages {
    private static final String TRACE = "drill-";
    private static final int REMEMBERED = 200;
    private static final long LATE_BY_MICROS = 600_000_000;

    /** Of a hundred thousand messages. */
    private static final int DUPLICATES = 1_000;

    private static final int LATE = 300;
    private static final int BAD = 300;

    /**
     * Of different bytes each, by their number: a message without any identity is known by its
     * bytes when it is delivered again.
     */
    private static final List<String> BAD_BODIES =
            List.of(
                    "{\"event_type\":\"trade\",\"number\":%d,\"pay",
                    "[1,2,%d]",
                    "{\"event_type\":\"none\",\"topic\":\"x%d\",\"payload\":{}}",
                    "{\"event_type\":\"trade\",\"topic\":\"publicTrade.BTCUSDT\",\"payload\":{\"T\":%d}}",
                    "no JSON at all %d");

    /** What a message is meant to become. */
    enum Kind {
        REGULAR,
        DUPLICATE,
        LATE,
        BAD
    }

    /** A message that was made. */
    record Planned(EventType type, Kind kind) {}

    private final MarketSimulator market;
    private final List<String> symbols;
    private final long startMicros;
    private final SplittableRandom random;
    private final EnvelopeEncoder encoder = new EnvelopeEncoder();
    private final List<MarketEvent> recent = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private long nowMicros;

    PlannedMessages(DrillSettings settings, long startMicros) {
        this.market =
                new MarketSimulator(
                        new SimulatorSettings(
                                settings.symbols(), settings.eventsPerSecond(), settings.seed()),
                        startMicros);
        this.symbols = settings.symbols();
        this.startMicros = startMicros;
        this.nowMicros = startMicros;
        this.random = new SplittableRandom(settings.seed());
    }

    /**
     * The next message.
     *
     * @param late whether late ones may come: not before every symbol's first rows have left
     */
    OutgoingMessage next(boolean late) {
        int dice = random.nextInt(100_000);
        if (dice < DUPLICATES && !recent.isEmpty()) {
            return message(recent.get(random.nextInt(recent.size())), Kind.DUPLICATE);
        }
        if (dice >= DUPLICATES && dice < DUPLICATES + LATE && late) {
            return message(late(), Kind.LATE);
        }
        if (dice >= DUPLICATES + LATE && dice < DUPLICATES + LATE + BAD) {
            return bad();
        }
        MarketEvent event = market.next();
        nowMicros = event.header().receivedMicros();
        if (recent.size() < REMEMBERED) {
            recent.add(event);
        } else {
            recent.set(random.nextInt(REMEMBERED), event);
        }
        return message(event, Kind.REGULAR);
    }

    /** All messages made, by number. */
    List<Planned> planned() {
        return List.copyOf(planned);
    }

    /** The number of a message with that trace id; -1 where it is none of ours. */
    static int number(String traceId) {
        return traceId.startsWith(TRACE) ? Integer.parseInt(traceId.substring(TRACE.length())) : -1;
    }

    private MarketEvent late() {
        int number = planned.size();
        long time = (startMicros - LATE_BY_MICROS) / 1_000 * 1_000 + number * 1_000L;
        return new Trade(
                new EventHeader(
                        symbols.get(random.nextInt(symbols.size())),
                        time,
                        time,
                        nowMicros,
                        nowMicros,
                        0,
                        "late-" + number,
                        null,
                        null),
                1,
                1,
                Trade.Side.BUY,
                null,
                false,
                false);
    }

    private OutgoingMessage bad() {
        EventType type = EventType.values()[random.nextInt(EventType.values().length)];
        String body = BAD_BODIES.get(random.nextInt(BAD_BODIES.size())).formatted(planned.size());
        return new OutgoingMessage(
                type,
                symbols.get(0),
                "bad",
                trace(type, Kind.BAD),
                nowMicros,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private OutgoingMessage message(MarketEvent event, Kind kind) {
        String topic = EnvelopeEncoder.topic(event);
        String trace = trace(event.type(), kind);
        return new OutgoingMessage(
                event.type(),
                event.symbol(),
                topic,
                trace,
                nowMicros,
                encoder.encode(event, topic, "e-" + trace, trace));
    }

    private String trace(EventType type, Kind kind) {
        planned.add(new Planned(type, kind));
        return TRACE + (planned.size() - 1);
    }
}
