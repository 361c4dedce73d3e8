package io.tidemark.features.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.event.EventHeader;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Trade;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventIdentityTest {
    @Test
    void aMessageSentAgainIsTheSameEvent() {
        MarketEvent first = trade("BTCUSDT", 1, "42", 1, "e1");
        MarketEvent again = trade("BTCUSDT", 1, "42", 9, "e2");
        assertThat(EventIdentity.same(first, again)).isTrue();
        assertThat(EventIdentity.hash(first)).isEqualTo(EventIdentity.hash(again));
    }

    @Test
    void typeSymbolIdAndTimeEachTellEventsApart() {
        MarketEvent event = trade("BTCUSDT", 1, "42", 1, "e1");
        for (MarketEvent other :
                new MarketEvent[] {
                    trade("ETHUSDT", 1, "42", 1, "e1"),
                    trade("BTCUSDT", 2, "42", 1, "e1"),
                    trade("BTCUSDT", 1, "43", 1, "e1"),
                    trade("BTCUSD", 1, "T42", 1, "e1"),
                    Events.book(
                            1,
                            io.tidemark.schemas.event.BookUpdate.Kind.DELTA,
                            42,
                            42,
                            new double[0],
                            new double[0])
                }) {
            assertThat(EventIdentity.same(event, other)).isFalse();
            assertThat(EventIdentity.hash(event)).isNotEqualTo(EventIdentity.hash(other));
        }
    }

    @Test
    void theHashIsTheSameInEveryRelease() {
        assertThat(EventIdentity.hash(trade("BTCUSDT", 1_700_000_000_000_000L, "42", 1, "e")))
                .isEqualTo(4881573918475279108L);
    }

    @Test
    void aMillionNeighboursDoNotCollideInSixtyFourBitsAndSpreadOverTheLowOnes() {
        Set<Long> hashes = new HashSet<>();
        int[] buckets = new int[1024];
        for (int i = 0; i < 1_000_000; i++) {
            long hash = EventIdentity.hash(trade("BTCUSDT", i % 1000, "" + i, 1, "e"));
            hashes.add(hash);
            buckets[(int) (hash & 1023)]++;
        }
        assertThat(hashes).hasSize(1_000_000);
        for (int count : buckets) {
            // Mean 977, deviation 31: seven of them either way.
            assertThat(count).isBetween(757, 1197);
        }
    }

    private static Trade trade(String symbol, long time, String id, long received, String event) {
        return new Trade(
                new EventHeader(symbol, time, time, received, received, 0, id, event, null),
                1,
                1,
                Trade.Side.BUY,
                null,
                false,
                false);
    }
}
