package io.tidemark.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import io.tidemark.local.testdata.ForkedJvm;
import io.tidemark.local.testdata.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @TempDir Path data;

    private static Connection connect(String uri) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }

    @Test
    void confirmedMessagesAreThereInOrderAfterAKill() throws Exception {
        int port = FreePort.find();
        try (ForkedJvm jvm =
                ForkedJvm.start(PublishForever.class, data.toString(), Integer.toString(port))) {
            jvm.awaitLine("confirmed");
            jvm.kill();
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, port);
                Connection connection = connect(broker.uri())) {
            Channel channel = connection.createChannel();
            for (int i = 0; i < PublishForever.CONFIRMED; i++) {
                GetResponse message = channel.basicGet(PublishForever.QUEUE, true);
                assertThat(message).as("message %d", i).isNotNull();
                assertThat(new String(message.getBody(), StandardCharsets.UTF_8))
                        .isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void takesQueuesAsTheGatewayMakesThem() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, FreePort.find());
                Connection connection = connect(broker.uri())) {
            Channel channel = connection.createChannel();
            channel.queueDeclare(
                    "ws-gateway.trade",
                    true,
                    false,
                    false,
                    Map.of(
                            "x-message-ttl",
                            86_400_000L,
                            "x-max-length",
                            100_000,
                            "x-overflow",
                            "drop-head"));
            assertThat(channel.queueDeclarePassive("ws-gateway.trade").getMessageCount()).isZero();
        }
    }

    @Test
    void nobodyEntersWithoutThePasswordAndOnlyTheOwnerReadsIt() throws Exception {
        int port = FreePort.find();
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
            assertThat(broker.uri()).isEqualTo(EmbeddedBroker.uri(data, port));
            assertThatThrownBy(() -> connect("amqp://tidemark:wrong@127.0.0.1:" + port))
                    .isInstanceOf(PossibleAuthenticationFailureException.class);
            assertThatThrownBy(() -> connect("amqp://guest:guest@127.0.0.1:" + port))
                    .isInstanceOf(PossibleAuthenticationFailureException.class);
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(data.resolve("password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aTakenPortIsAnErrorThatNamesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(data, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("did not start on 127.0.0.1:" + taken.getLocalPort());
        }
    }
}
