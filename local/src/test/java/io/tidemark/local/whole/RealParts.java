package io.tidemark.local.whole;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.tidemark.local.publish.GatewayQueues;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/**
 * The broker and the database that {@code TIDEMARK_TEST_AMQP_URI} and {@code
 * TIDEMARK_TEST_POSTGRES_URL} name, with empty queues and a database of this test's own.
 */
final class RealParts implements AutoCloseable {
    private final String amqpUri;
    private final String postgresUrl;
    private final String database = "it_" + UUID.randomUUID().toString().replace('-', '_');
    private final Connection connection;

    private RealParts(String amqpUri, String postgresUrl, Connection connection) {
        this.amqpUri = amqpUri;
        this.postgresUrl = postgresUrl;
        this.connection = connection;
    }

    /** Skips the test where they are not named. */
    static RealParts orSkip() throws Exception {
        String amqp = System.getenv().getOrDefault("TIDEMARK_TEST_AMQP_URI", "");
        String postgres = System.getenv().getOrDefault("TIDEMARK_TEST_POSTGRES_URL", "");
        Assumptions.assumeFalse(amqp.isEmpty(), "TIDEMARK_TEST_AMQP_URI names no RabbitMQ");
        Assumptions.assumeFalse(
                postgres.isEmpty(), "TIDEMARK_TEST_POSTGRES_URL names no PostgreSQL");
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(amqp);
        RealParts parts = new RealParts(amqp, postgres, factory.newConnection());
        parts.sql("CREATE DATABASE " + parts.database);
        parts.emptyQueues();
        return parts;
    }

    private void emptyQueues() throws Exception {
        try (Channel channel = connection.createChannel()) {
            for (MarketQueues.Queue queue : MarketQueues.GATEWAY.all()) {
                channel.queueDelete(queue.name());
            }
            for (String queue :
                    new String[] {
                        "features.live", "tidemark.rejected", "tidemark.resync", "tidemark.drift"
                    }) {
                channel.queueDelete(queue);
            }
        }
        GatewayQueues.ensure(connection, MarketQueues.GATEWAY, GatewayQueues.QueueLimits.GATEWAY);
    }

    Connection connection() {
        return connection;
    }

    /** The database of this test, through JDBC. */
    String databaseUrl() {
        return postgresUrl.replaceFirst("/[^/?]+(\\?|$)", "/" + database + "$1");
    }

    /** Settings of a platform on these parts. */
    Map<String, String> settings(Path data) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("broker.uri", amqpUri);
        settings.put("serving-store.url", databaseUrl());
        settings.put("archive.root", data.resolve("archive").toString());
        settings.put("server.port", "0");
        return settings;
    }

    /** Rows in the serving store; -1 before it is migrated. */
    long rows() {
        return count("feature_row");
    }

    /** Whether a job has begun with this database. */
    boolean hasRegistry() {
        return count("feature_registry_version") > 0;
    }

    private long count(String table) {
        try (var session = DriverManager.getConnection(databaseUrl());
                Statement statement = session.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM " + table)) {
            found.next();
            return found.getLong(1);
        } catch (SQLException notMigratedYet) {
            return -1;
        }
    }

    private void sql(String statement) throws SQLException {
        try (var session = DriverManager.getConnection(postgresUrl);
                Statement run = session.createStatement()) {
            run.execute(statement);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        sql("DROP DATABASE " + database + " WITH (FORCE)");
    }
}
