package io.tidemark.server.store;

import io.tidemark.schemas.settings.Secret;
import io.tidemark.schemas.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where the serving store is and how it is used.
 *
 * @param user for serving; may be a role that can only read
 * @param ownerUser for migrations and retention; the serving user when not given
 * @param statementTimeout after which the database gives a read up
 * @param migrate whether this server brings the schema up to date
 * @param keep how much grid time before a symbol's newest row stays
 * @param keepLedger how much time before a symbol's newest minute stays in the ledger
 * @param keepPredictions how long a prediction stays recorded
 * @param keepDrift how much time before the newest window stays of drift reports
 * @param keepOutcomes how long an outcome stays stored
 * @param pruneEvery how often older rows are looked for; zero: never
 */
public record StoreSettings(
        URI url,
        String user,
        Optional<Secret> password,
        Optional<String> ownerUser,
        Optional<Secret> ownerPassword,
        int poolSize,
        Duration connectTimeout,
        Duration statementTimeout,
        boolean migrate,
        Duration keep,
        Duration keepLedger,
        Duration keepPredictions,
        Duration keepDrift,
        Duration keepOutcomes,
        Duration pruneEvery) {

    public static StoreSettings read(SettingsReader reader) {
        return new StoreSettings(
                reader.uri(
                        "serving-store.url",
                        "jdbc:postgresql://127.0.0.1:5432/tidemark",
                        Set.of("jdbc"),
                        "PostgreSQL of the serving store"),
                reader.text("serving-store.user", "tidemark", "role that serves reads"),
                reader.secret("serving-store.password", "password of that role"),
                reader.optional(
                        "serving-store.owner-user",
                        "role for migrations and retention, when it is another one"),
                reader.secret("serving-store.owner-password", "password of the owner role"),
                reader.positiveInt("serving-store.pool-size", 8, "connections kept for reads"),
                reader.duration(
                        "serving-store.connect-timeout",
                        Duration.ofSeconds(2),
                        "how long a request waits for a connection"),
                reader.duration(
                        "serving-store.statement-timeout",
                        Duration.ofSeconds(3),
                        "how long the database may work on one read"),
                reader.bool("serving-store.migrate", true, "bring the schema up to date at start"),
                reader.duration(
                        "serving-store.keep",
                        Duration.ofHours(24),
                        "grid time kept before a symbol's newest row"),
                reader.duration(
                        "serving-store.keep-ledger",
                        Duration.ofDays(30),
                        "time kept in the ledger before a symbol's newest minute"),
                reader.duration(
                        "serving-store.keep-predictions",
                        Duration.ofDays(90),
                        "how long predictions stay recorded"),
                reader.duration(
                        "serving-store.keep-drift",
                        Duration.ofDays(30),
                        "time kept in drift reports before the newest window; alarms stay"),
                reader.duration(
                        "serving-store.keep-outcomes",
                        Duration.ofDays(7),
                        "how long outcomes of rows stay stored"),
                reader.durationOrZero(
                        "serving-store.prune-every",
                        Duration.ofMinutes(1),
                        "how often older rows are deleted; 0s is never"));
    }
}
