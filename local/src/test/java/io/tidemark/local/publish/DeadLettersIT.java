package io.tidemark.local.publish;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the RabbitMQ that {@code TIDEMARK_TEST_AMQP_URI} names; skipped without. */
class DeadLettersIT {
    private final String queue = "dead-letters-it-" + UUID.randomUUID();
    private final String dead = queue + ".dead";
    private @Nullable Connection connection;

    @BeforeEach
    void connect() throws Exception {
        String uri = System.getenv("TIDEMARK_TEST_AMQP_URI");
        Assumptions.assumeTrue(uri != null, "TIDEMARK_TEST_AMQP_URI names no broker");
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(requireNonNull(uri));
        connection = factory.newConnection("test");
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(dead, true, false, false, Map.of());
            channel.queueDeclare(
                    queue,
                    true,
                    false,
                    false,
                    Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", dead));
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        if (connection != null) {
            try (Channel channel = connection.createChannel()) {
                channel.queueDelete(queue);
                channel.queueDelete(dead);
            }
            connection.close();
        }
    }

    @Test
    void eachGoesBackToItsQueueInOrder() throws Exception {
        die("a", "b", "c");
        List<String> told = new ArrayList<>();

        assertThat(DeadLetters.redrive(open(), dead, letter -> told.add(letter.getCorrelationId())))
                .isEqualTo(3);

        assertThat(told).containsExactly("a", "b", "c");
        assertThat(taken(queue)).containsExactly("a", "b", "c");
        assertThat(taken(dead)).isEmpty();
    }

    @Test
    void oneWhoseQueueIsGoneStaysDead() throws Exception {
        die("a");
        try (Channel channel = open().createChannel()) {
            channel.queueDelete(queue);
        }

        assertThatThrownBy(() -> DeadLetters.redrive(open(), dead, letter -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(queue);
        awaitDead(1);
        assertThat(taken(dead)).containsExactly("a");
    }

    @Test
    void oneThatNeverDiedIsNotMoved() throws Exception {
        publish(dead, "a");

        assertThatThrownBy(() -> DeadLetters.redrive(open(), dead, letter -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no dead letter");
        awaitDead(1);
        assertThat(taken(dead)).containsExactly("a");
    }

    private Connection open() {
        return requireNonNull(connection);
    }

    private void die(String... bodies) throws Exception {
        for (String body : bodies) {
            publish(queue, body);
        }
        try (Channel channel = open().createChannel()) {
            for (GetResponse one = channel.basicGet(queue, false);
                    one != null;
                    one = channel.basicGet(queue, false)) {
                channel.basicReject(one.getEnvelope().getDeliveryTag(), false);
            }
        }
        awaitDead(bodies.length);
    }

    private void awaitDead(long messages) throws Exception {
        try (Channel channel = open().createChannel()) {
            while (channel.messageCount(dead) < messages) {
                Thread.sleep(10);
            }
        }
    }

    private void publish(String to, String body) throws Exception {
        try (Channel channel = open().createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(
                    "",
                    to,
                    MessageProperties.PERSISTENT_BASIC.builder().correlationId(body).build(),
                    body.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }
    }

    /** What is in the queue; it is empty then. */
    private List<String> taken(String from) throws Exception {
        List<String> bodies = new ArrayList<>();
        try (Channel channel = open().createChannel()) {
            for (GetResponse one = channel.basicGet(from, true);
                    one != null;
                    one = channel.basicGet(from, true)) {
                bodies.add(new String(one.getBody(), StandardCharsets.UTF_8));
            }
        }
        return bodies;
    }
}
