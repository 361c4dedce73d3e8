package io.tidemark.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What writing and reading events takes from the heap, counted by the machine itself. */
class EventCodecAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int EVENTS = 200;

    @Nullable Object sink;

    private interface Work {
        void run() throws IOException;
    }

    /** Bytes the work takes each time: the least of many, since compilers take some at times. */
    private static long allocated(Work work) throws IOException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** Events whose labels are ASCII, as a venue's are; all other texts always are. */
    private static List<MarketEvent> events(EventType type) {
        RandomEvents random = new RandomEvents(7);
        List<MarketEvent> events = new ArrayList<>();
        while (events.size() < EVENTS) {
            MarketEvent event = random.next(type);
            if (isAscii(event.header().eventId()) && isAscii(event.header().traceId())) {
                events.add(event);
            }
        }
        return events;
    }

    private static boolean isAscii(@Nullable String text) {
        return text == null || text.chars().allMatch(c -> c < 0x80);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void writingToABufferUsedBeforeTakesNothing(EventType type) throws IOException {
        MarketEvent[] events = events(type).toArray(MarketEvent[]::new);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        DataOutputStream out = new DataOutputStream(bytes);
        long taken =
                allocated(
                        () -> {
                            bytes.reset();
                            for (MarketEvent event : events) {
                                EventCodec.write(event, out);
                            }
                        });
        assertThat(taken).isZero();
        assertThat(bytes.size()).isGreaterThan(EVENTS * 20);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void readingTakesWhatACopyOfTheEventTakes(EventType type) throws IOException {
        MarketEvent[] events = events(type).toArray(MarketEvent[]::new);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (MarketEvent event : events) {
            EventCodec.write(event, out);
        }
        ByteArrayInputStream source = new ByteArrayInputStream(bytes.toByteArray());
        DataInputStream in = new DataInputStream(source);
        long taken =
                allocated(
                        () -> {
                            source.reset();
                            for (int i = 0; i < events.length; i++) {
                                sink = EventCodec.read(in);
                            }
                        });
        long copied = 0;
        for (MarketEvent event : events) {
            copied += allocated(() -> sink = copy(event)) - textsOf(event);
        }
        assertThat(taken).isEqualTo(copied);
    }

    private static MarketEvent copy(MarketEvent event) {
        if (event instanceof Trade t) {
            return new Trade(
                    header(t),
                    t.price(),
                    t.size(),
                    t.takerSide(),
                    text(t.tickDirection()),
                    t.blockTrade(),
                    t.rpi());
        }
        if (event instanceof BookUpdate b) {
            return new BookUpdate(
                    header(b),
                    b.kind(),
                    b.depth(),
                    b.updateId(),
                    b.bids().clone(),
                    b.asks().clone());
        }
        if (event instanceof Kline k) {
            return new Kline(
                    header(k),
                    present(k.interval()),
                    k.startMicros(),
                    k.endMicros(),
                    k.open(),
                    k.high(),
                    k.low(),
                    k.close(),
                    k.volume(),
                    k.turnover(),
                    k.confirm());
        }
        if (event instanceof Ticker t) {
            return new Ticker(
                    header(t),
                    t.snapshot(),
                    t.values().clone(),
                    t.nextFundingTimeMicros(),
                    text(t.tickDirection()),
                    text(t.preListingPhase()));
        }
        Funding f = (Funding) event;
        return new Funding(
                header(f), f.fundingRate(), f.fundingTimeMicros(), f.nextFundingTimeMicros());
    }

    private static EventHeader header(MarketEvent event) {
        EventHeader h = event.header();
        return new EventHeader(
                present(h.symbol()),
                h.eventTimeMicros(),
                h.messageTimeMicros(),
                h.receivedMicros(),
                h.ingestedMicros(),
                h.sequence(),
                present(h.id()),
                text(h.eventId()),
                text(h.traceId()));
    }

    private static @Nullable String text(@Nullable String text) {
        return text == null ? null : present(text);
    }

    private static String present(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The bytes that {@link #present} takes beside the texts it answers. */
    private static long textsOf(MarketEvent event) {
        EventHeader h = event.header();
        long taken = arrayOf(h.symbol()) + arrayOf(h.id());
        taken += arrayOf(h.eventId()) + arrayOf(h.traceId());
        if (event instanceof Trade t) {
            taken += arrayOf(t.tickDirection());
        } else if (event instanceof Kline k) {
            taken += arrayOf(k.interval());
        } else if (event instanceof Ticker t) {
            taken += arrayOf(t.tickDirection()) + arrayOf(t.preListingPhase());
        }
        return taken;
    }

    /** An array: 16 bytes, its elements, and padding to a multiple of eight. */
    private static long arrayOf(@Nullable String text) {
        return text == null || text.isEmpty() ? 0 : (16 + text.length() + 7) / 8 * 8;
    }
}
