package io.tidemark.server.readiness;

import io.tidemark.schemas.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold for the server to call itself ready.
 *
 * @param brokerUri asked only when given
 * @param freshness which age of the newest row counts
 * @param maxFeatureAge the oldest that the newest row may be
 */
public record ReadinessSettings(Optional<URI> brokerUri, Basis freshness, Duration maxFeatureAge) {

    /** Which clock the newest row is measured by. */
    public enum Basis {
        /** Wall clock minus T: for live data. */
        GRID_TIME,
        /** Wall clock minus the time of writing: for recorded data that is being replayed. */
        STORED_AT,
        /** Not measured: for a store that nothing writes to. */
        OFF
    }

    public static ReadinessSettings read(SettingsReader reader) {
        return new ReadinessSettings(
                reader.optionalUri(
                        "broker.uri",
                        Set.of("amqp", "amqps"),
                        "RabbitMQ, amqp://user:password@host"),
                reader.oneOf(
                        "ready.freshness",
                        Basis.GRID_TIME,
                        "age of the newest row by grid-time (live data) or stored-at (recorded data); off"
                                + " does not ask"),
                reader.duration(
                        "ready.max-feature-age",
                        Duration.ofSeconds(60),
                        "older than this, the newest row makes the server not ready"));
    }
}
