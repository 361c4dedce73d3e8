package io.tidemark.bench.platform;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * Where the real RabbitMQ and the real PostgreSQL of the run are.
 *
 * @param amqpUri {@code amqp://user:password@host:port/vhost}
 * @param postgresUrl JDBC address of a database in which others can be created, with {@code user}
 */
public record Services(String amqpUri, String postgresUrl) {
    private static final String AMQP = "TIDEMARK_TEST_AMQP_URI";
    private static final String POSTGRES = "TIDEMARK_TEST_POSTGRES_URL";

    /**
     * The addresses {@code .ci/services start DIR} prints.
     *
     * @throws IllegalArgumentException when one is missing
     */
    public static Services fromEnvironment(Map<String, String> environment) {
        return new Services(required(environment, AMQP), required(environment, POSTGRES));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "wanted %s in the environment, got nothing; .ci/services start DIR prints it"
                            .formatted(name));
        }
        return value;
    }

    /** A factory of connections to the broker. */
    public ConnectionFactory broker() {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(amqpUri);
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException(AMQP + " is no AMQP address", e);
        }
        factory.setAutomaticRecoveryEnabled(false);
        return factory;
    }

    /** The same server's database of that name. */
    public String databaseUrl(String name) {
        URI uri = postgres();
        return "jdbc:postgresql://%s:%d/%s?%s"
                .formatted(uri.getHost(), uri.getPort(), name, uri.getQuery());
    }

    /** The role in the address. */
    public String postgresUser() {
        String query = postgres().getQuery();
        if (query != null) {
            for (String parameter : query.split("&")) {
                if (parameter.startsWith("user=")) {
                    return parameter.substring("user=".length());
                }
            }
        }
        throw new IllegalArgumentException("wanted a user= in " + POSTGRES + ", got none");
    }

    /** The server's port. */
    public int postgresPort() {
        return postgres().getPort();
    }

    private URI postgres() {
        return URI.create(postgresUrl.substring("jdbc:".length()));
    }
}
