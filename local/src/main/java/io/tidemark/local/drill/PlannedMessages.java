package io.tidemark.local.drill;

import io.tidemark.local.drill.PoisonMessages.Poison;
import io.tidemark.local.publish.OutgoingMessage;
import io.tidemark.local.simulator.MarketSimulator;
import io.tidemark.local.simulator.SimulatorSettings;
import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Trade;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A simulated market, partly out of order, with duplicates, late and bad messages among it. Each
 * message has a number of its own, its trace id, by which it is found again wherever it ended. For
 * one thread, but for {@link #mute}; what it has planned is read when that has ended.
 */
final class PlannedMessages {
    private static final String TRACE = "drill-";
    private static final int REMEMBERED = 200;
    private static final long LATE_BY_MICROS = 3_600_000_000L;

    /** Of a hundred thousand messages. */
    private static final int DUPLICATES = 1_000;

    private static final int LATE = 300;
    private static final int BAD = 300;

    /** What a message is meant to become. */
    enum Kind {
        REGULAR,
        DUPLICATE,
        LATE,
        BAD
    }

    /**
     * A message that was made.
     *
     * @param reason for which it is to be refused
     */
    record Planned(EventType type, Kind kind, @Nullable RejectReason reason) {}

    private final Disorder market;
    private final List<String> symbols;
    private final long startMicros;
    private final SplittableRandom random;
    private final EnvelopeEncoder encoder = new EnvelopeEncoder();
    private final List<MarketEvent> recent = new ArrayList<>();

    /** Of the few different ones, each is there once: a drill has millions of messages. */
    private final Map<Planned, Planned> plans = new HashMap<>();

    private final List<Planned> planned = new ArrayList<>();
    private volatile Set<String> muted = Set.of();

    PlannedMessages(DrillSettings settings, long startMicros) {
        this.random = new SplittableRandom(settings.seed());
        this.market =
                new Disorder(
                        new MarketSimulator(
                                new SimulatorSettings(
                                        settings.symbols(),
                                        settings.eventsPerSecond(),
                                        settings.seed()),
                                startMicros),
                        random);
        this.symbols = settings.symbols();
        this.startMicros = startMicros;
    }

    /** From now on nothing is published of these symbols, though the market goes on. */
    void mute(Set<String> now) {
        muted = now;
    }

    List<String> symbols() {
        return symbols;
    }

    /** When the next message is to be published, as the market counts, in microseconds. */
    long dueMicros() {
        return market.dueMicros();
    }

    /** The market's next message; none when its symbol is muted. */
    Optional<OutgoingMessage> next() {
        MarketEvent event = market.next();
        if (muted.contains(event.symbol())) {
            return Optional.empty();
        }
        remember(event);
        return Optional.of(message(event, Kind.REGULAR));
    }

    /**
     * Something among the market's messages that is not regular; mostly nothing.
     *
     * @param late whether late ones may come: not before every symbol's first rows have left
     */
    Optional<OutgoingMessage> extra(boolean late) {
        if (!muted.isEmpty()) {
            return Optional.empty();
        }
        int dice = random.nextInt(100_000);
        if (dice < DUPLICATES) {
            return recent.isEmpty() ? Optional.empty() : Optional.of(duplicate());
        }
        if (dice < DUPLICATES + LATE) {
            return late ? Optional.of(message(late(), Kind.LATE)) : Optional.empty();
        }
        return dice < DUPLICATES + LATE + BAD ? Optional.of(bad()) : Optional.empty();
    }

    /** All messages made, by number. */
    List<Planned> planned() {
        return List.copyOf(planned);
    }

    /** The number of a message with that trace id; -1 where it is none of ours. */
    static int number(String traceId) {
        return traceId.startsWith(TRACE) ? Integer.parseInt(traceId.substring(TRACE.length())) : -1;
    }

    /** One of before, once more; there must be one. */
    OutgoingMessage duplicate() {
        return message(recent.get(random.nextInt(recent.size())), Kind.DUPLICATE);
    }

    /** One that will be refused. */
    OutgoingMessage bad() {
        return bad(PoisonMessages.SMALL.get(random.nextInt(PoisonMessages.SMALL.size())));
    }

    /** One of each kind that will be refused. */
    List<OutgoingMessage> oneOfEachPoison() {
        return PoisonMessages.all().stream().map(this::bad).toList();
    }

    private void remember(MarketEvent event) {
        if (recent.size() < REMEMBERED) {
            recent.add(event);
        } else {
            recent.set(random.nextInt(REMEMBERED), event);
        }
    }

    private MarketEvent late() {
        int number = planned.size();
        long time = (startMicros - LATE_BY_MICROS) / 1_000 * 1_000 + number * 1_000L;
        return new Trade(
                new EventHeader(
                        symbols.get(random.nextInt(symbols.size())),
                        time,
                        time,
                        dueMicros(),
                        dueMicros(),
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

    private OutgoingMessage bad(Poison poison) {
        byte[] body = poison.body().apply(planned.size());
        String trace = trace(new Planned(EventType.TRADE, Kind.BAD, poison.reason()));
        return new OutgoingMessage(
                EventType.TRADE, symbols.get(0), "bad", trace, dueMicros(), body);
    }

    private OutgoingMessage message(MarketEvent event, Kind kind) {
        String topic = EnvelopeEncoder.topic(event);
        String trace = trace(new Planned(event.type(), kind, null));
        return new OutgoingMessage(
                event.type(),
                event.symbol(),
                topic,
                trace,
                dueMicros(),
                encoder.encode(event, topic, "e-" + trace, trace));
    }

    private String trace(Planned plan) {
        planned.add(plans.computeIfAbsent(plan, first -> first));
        return TRACE + (planned.size() - 1);
    }
}
