package io.tidemark.local.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.tidemark.local.broker.EmbeddedBroker;
import io.tidemark.local.publish.GatewayQueues.QueueLimits;
import io.tidemark.local.testdata.FreePort;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconnectingPublisherTest {
    private static final int MESSAGES = 600;

    @TempDir Path data;

    @Test
    void bringsEveryMessageThoughConnectionsBreak() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, FreePort.find())) {
            Breakable factory = new Breakable();
            factory.setUri(broker.uri());
            factory.setAutomaticRecoveryEnabled(false);
            Set<String> again = new HashSet<>();
            try (ReconnectingPublisher publisher =
                    new ReconnectingPublisher(
                            factory,
                            MarketQueues.GATEWAY,
                            Duration.ofSeconds(30),
                            one -> again.add(one.traceId()))) {
                GatewayQueues.ensure(
                        factory.newConnection(), MarketQueues.GATEWAY, QueueLimits.GATEWAY);
                for (int i = 0; i < MESSAGES; i++) {
                    if (i % 100 == 50) {
                        factory.breakNewest();
                    }
                    publisher.publish(message(i));
                }
                publisher.flush();
                assertThat(publisher.confirmed()).isEqualTo(MESSAGES);
            }
            Map<String, Integer> arrived = new HashMap<>();
            Channel channel = factory.newConnection().createChannel();
            String queue = MarketQueues.GATEWAY.of(EventType.TRADE, "BTCUSDT");
            for (GetResponse one = channel.basicGet(queue, true);
                    one != null;
                    one = channel.basicGet(queue, true)) {
                arrived.merge(
                        String.valueOf(one.getProps().getHeaders().get("trace_id")),
                        1,
                        Integer::sum);
            }
            assertThat(arrived).hasSize(MESSAGES);
            arrived.values().removeIf(times -> times == 1);
            assertThat(again).containsAll(arrived.keySet());
            factory.opened.forEach(Connection::abort);
        }
    }

    @Test
    void givesUpWhenTheBrokerStaysAway() throws Exception {
        ConnectionFactory nobody = new ConnectionFactory();
        nobody.setHost("127.0.0.1");
        nobody.setPort(FreePort.find());
        try (ReconnectingPublisher publisher =
                new ReconnectingPublisher(
                        nobody, MarketQueues.GATEWAY, Duration.ofMillis(300), one -> {})) {
            assertThatThrownBy(() -> publisher.publish(message(0)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the broker was away");
        }
    }

    private static OutgoingMessage message(int number) {
        return new OutgoingMessage(
                EventType.TRADE,
                "BTCUSDT",
                "publicTrade.BTCUSDT",
                "t" + number,
                number,
                ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
    }

    /** Remembers the connections it makes, to break them. */
    private static final class Breakable extends ConnectionFactory {
        private final List<Connection> opened = new ArrayList<>();

        @Override
        public Connection newConnection(String name) throws IOException, TimeoutException {
            Connection made = super.newConnection(name);
            opened.add(made);
            return made;
        }

        void breakNewest() {
            opened.get(opened.size() - 1).abort();
        }
    }
}
