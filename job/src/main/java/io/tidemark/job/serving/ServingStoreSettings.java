package io.tidemark.job.serving;

import java.io.Serializable;
import java.time.Duration;

/**
 * How to reach the serving store and how to write to it.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}
 * @param password never in {@link #toString}
 * @param batchRows rows that are written at the latest together; 1 to 5000
 * @param connectTimeout for one attempt to connect
 * @param socketTimeout how long the database may be silent before the connection counts as broken;
 *     whole seconds
 * @param attempts how often one batch is tried before the task fails; at least 1
 * @param firstBackoff pause before the second attempt; doubles with each further one
 */
public record ServingStoreSettings(
        String jdbcUrl,
        String user,
        String password,
        int batchRows,
        Duration connectTimeout,
        Duration socketTimeout,
        int attempts,
        Duration firstBackoff)
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int MAX_BATCH_ROWS = 5000;

    public ServingStoreSettings {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "the serving store's URL must begin with jdbc:postgresql:, got "
                            + withoutParameters(jdbcUrl));
        }
        if (batchRows < 1 || batchRows > MAX_BATCH_ROWS) {
            throw new IllegalArgumentException(
                    "batch rows must be 1 to %d, got %d".formatted(MAX_BATCH_ROWS, batchRows));
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, got " + attempts);
        }
        positive("connect timeout", connectTimeout);
        positive("socket timeout", socketTimeout);
        positive("first backoff", firstBackoff);
    }

    /** The defaults: 500 rows, 5 s to connect, 10 s of silence, 5 attempts from 200 ms on. */
    public static ServingStoreSettings of(String jdbcUrl, String user, String password) {
        return new ServingStoreSettings(
                jdbcUrl,
                user,
                password,
                500,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                5,
                Duration.ofMillis(200));
    }

    /** The same with another batch size. */
    public ServingStoreSettings withBatchRows(int rows) {
        return new ServingStoreSettings(
                jdbcUrl,
                user,
                password,
                rows,
                connectTimeout,
                socketTimeout,
                attempts,
                firstBackoff);
    }

    /** The same with other bounds on retrying. */
    public ServingStoreSettings withRetries(int newAttempts, Duration newFirstBackoff) {
        return new ServingStoreSettings(
                jdbcUrl,
                user,
                password,
                batchRows,
                connectTimeout,
                socketTimeout,
                newAttempts,
                newFirstBackoff);
    }

    /** Without the password, and without the URL's parameters, which may hold one. */
    @Override
    public String toString() {
        return "ServingStoreSettings[%s, user=%s, batchRows=%d, connectTimeout=%s, socketTimeout=%s, attempts=%d, firstBackoff=%s]"
                .formatted(
                        withoutParameters(jdbcUrl),
                        user,
                        batchRows,
                        connectTimeout,
                        socketTimeout,
                        attempts,
                        firstBackoff);
    }

    private static String withoutParameters(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, got " + duration);
        }
    }
}
