package io.tidemark.local.cli;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.local.broker.EmbeddedBroker;
import io.tidemark.local.demo.StartException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which broker a command works on. */
final class BrokerOptions {
    @Option(
            names = "--broker",
            paramLabel = "URI",
            description =
                    "amqp://user:password@host:port/vhost; default: TIDEMARK_BROKER_URI, else the"
                            + " broker of the demo on --data-dir.")
    @Nullable String broker;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data directory of a running demo whose broker is meant (default: data).")
    Path dataDir = Path.of("data");

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "5673",
            description = "Broker port of that demo (default: 5673).")
    int brokerPort = 5673;

    /**
     * Connects.
     *
     * @throws StartException when the broker is not reached
     */
    Connection connect() throws IOException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setAutomaticRecoveryEnabled(false);
        try {
            factory.setUri(uri());
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            // The URI holds a password: it is not shown.
            throw new StartException(
                    "--broker: wanted amqp://user:password@host:port/vhost, got something else");
        }
        try {
            return factory.newConnection("tidemark");
        } catch (IOException | TimeoutException e) {
            throw new StartException(
                    "the broker at %s:%d does not accept a connection: %s"
                            .formatted(factory.getHost(), factory.getPort(), e));
        }
    }

    private String uri() throws IOException {
        if (broker != null) {
            return broker;
        }
        String fromEnvironment = System.getenv().getOrDefault("TIDEMARK_BROKER_URI", "");
        return fromEnvironment.isEmpty()
                ? EmbeddedBroker.uri(dataDir.resolve("broker"), brokerPort)
                : fromEnvironment;
    }
}
