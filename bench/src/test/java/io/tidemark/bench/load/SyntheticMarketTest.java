package io.tidemark.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.features.engine.EventIdentity;
import io.tidemark.schemas.event.BookUpdate;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.EnvelopeEncoder;
import io.tidemark.schemas.wire.RefusedException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyntheticMarketTest {
    private static final int EVENTS = 10_000;
    private static final MarketMix MIX = new MarketMix(50, 1);
    private static final EventSchedule SCHEDULE = new EventSchedule(1_765_000_000_000_000L, 5_000);

    private interface Visitor {
        void see(long n, MarketEvent event) throws RefusedException;
    }

    private static void forEachEvent(Visitor visitor) throws RefusedException {
        SyntheticMarket market = new SyntheticMarket(MIX);
        for (long n = 0; n < EVENTS; n++) {
            visitor.see(n, market.event(n, SCHEDULE.eventTimeMicros(n)));
        }
    }

    @Test
    void mixesTypesAsItSays() throws RefusedException {
        Map<EventType, Integer> counts = new EnumMap<>(EventType.class);
        forEachEvent((n, event) -> counts.merge(event.type(), 1, Integer::sum));
        assertThat(counts.get(EventType.ORDERBOOK)).isBetween(5_700, 6_100);
        assertThat(counts.get(EventType.TRADE)).isBetween(2_800, 3_150);
        assertThat(counts.get(EventType.TICKER)).isBetween(880, 1_100);
        assertThat(counts.get(EventType.KLINE)).isEqualTo(100);
    }

    @Test
    void isWhatTheMixSaysItIs() throws RefusedException {
        forEachEvent(
                (n, event) -> {
                    assertThat(event.type()).isEqualTo(MIX.typeOf(n));
                    assertThat(event.symbol()).isEqualTo(MarketMix.name(MIX.symbolOf(n)));
                });
    }

    @Test
    void everySymbolBeginsWithItsBookAndNeverHasAGap() throws RefusedException {
        Map<String, Long> updateIds = new HashMap<>();
        forEachEvent(
                (n, event) -> {
                    if (event instanceof BookUpdate book) {
                        long last = updateIds.getOrDefault(book.symbol(), 0L);
                        assertThat(book.updateId()).isEqualTo(last + 1);
                        assertThat(book.kind() == BookUpdate.Kind.SNAPSHOT).isEqualTo(last == 0);
                        updateIds.put(book.symbol(), book.updateId());
                    }
                });
        assertThat(updateIds).hasSize(50);
    }

    @Test
    void theWireSaysEveryEventInFull() throws RefusedException {
        EnvelopeEncoder encoder = new EnvelopeEncoder();
        EnvelopeDecoder decoder = new EnvelopeDecoder(DecodeLimits.DEFAULT);
        forEachEvent(
                (n, event) -> {
                    byte[] body = encoder.encode(event, EnvelopeEncoder.topic(event), null, null);
                    MarketEvent read = decoder.decode(event.type(), body, event.eventTimeMicros());
                    assertThat(EventIdentity.same(read, event)).isTrue();
                });
    }

    @Test
    void neverSendsTheSameEventTwice() throws RefusedException {
        Set<String> identities = new HashSet<>();
        forEachEvent(
                (n, event) ->
                        assertThat(
                                        identities.add(
                                                event.symbol()
                                                        + event.type()
                                                        + event.eventTimeMicros()
                                                        + event.header().id()))
                                .isTrue());
    }
}
