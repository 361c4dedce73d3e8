package io.tidemark.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarketQueuesTest {
    @Test
    void oneQueuePerTypeHasTheGatewaysName() {
        assertThat(MarketQueues.GATEWAY.all())
                .extracting(MarketQueues.Queue::name)
                .containsExactly(
                        "ws-gateway.trade",
                        "ws-gateway.orderbook",
                        "ws-gateway.kline",
                        "ws-gateway.ticker",
                        "ws-gateway.funding");
        assertThat(MarketQueues.GATEWAY.of(EventType.TRADE, "BTCUSDT"))
                .isEqualTo("ws-gateway.trade");
    }

    /** CRC-32 by Python's zlib.crc32: BTCUSDT 0xac8ea3c3, ETHUSDT 0x1ef9ac5c. */
    @Test
    void severalAreChosenByTheSymbolsCrc32() {
        MarketQueues four = new MarketQueues("q.", 4);

        assertThat(four.all()).hasSize(20);
        assertThat(four.of(EventType.TRADE, "BTCUSDT")).isEqualTo("q.trade.3");
        assertThat(four.of(EventType.TICKER, "ETHUSDT")).isEqualTo("q.ticker.0");
    }

    @Test
    void aNameTellsTheType() {
        for (MarketQueues queues :
                List.of(MarketQueues.GATEWAY, new MarketQueues("a.trade-b.ticker.", 11))) {
            assertThat(queues.all())
                    .allSatisfy(
                            queue ->
                                    assertThat(MarketQueues.typeOf(queue.name()))
                                            .isEqualTo(queue.type()));
        }
        assertThatThrownBy(() -> MarketQueues.typeOf("ws-gateway.trade.x"))
                .hasMessageContaining("ws-gateway.trade.x is not named");
    }

    @Test
    void refusesANumberThatMakesNoSense() {
        assertThatThrownBy(() -> new MarketQueues("q.", 0)).hasMessageContaining("1 to 64, got 0");
    }
}
