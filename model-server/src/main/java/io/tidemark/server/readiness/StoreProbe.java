package io.tidemark.server.readiness;

import io.tidemark.server.readiness.ReadinessSettings.Basis;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Asks the store for its newest rows: that proves pool, schema and data at once. */
public final class StoreProbe {
    private static final int SYMBOLS = 200;

    private final Jdbi reads;
    private final BooleanSupplier migrated;
    private final ReadinessSettings settings;
    private final InstantSource clock;

    public StoreProbe(
            Jdbi reads, BooleanSupplier migrated, ReadinessSettings settings, InstantSource clock) {
        this.reads = reads;
        this.migrated = migrated;
        this.settings = settings;
        this.clock = clock;
    }

    /** At most {@value #SYMBOLS} symbols; a JdbiException when the store does not answer. */
    List<NewestRow> newestRows() {
        return reads.withExtension(NewestRowSql.class, sql -> sql.perSymbol(SYMBOLS));
    }

    List<Check> checks() {
        List<NewestRow> newest;
        try {
            newest = newestRows();
        } catch (JdbiException e) {
            return List.of(
                    Check.failed("database", "does not answer a query"),
                    Check.failed("features", "unknown while the database does not answer"));
        }
        Check database =
                migrated.getAsBoolean()
                        ? Check.passed("database", "answers queries")
                        : Check.failed("database", "answers, but its schema is not up to date yet");
        return List.of(database, features(newest));
    }

    private Check features(List<NewestRow> newest) {
        Basis basis = settings.freshness();
        Function<NewestRow, OffsetDateTime> time =
                basis == Basis.STORED_AT ? NewestRow::storedAt : NewestRow::gridTime;
        Optional<Instant> latest =
                newest.stream()
                        .map(time)
                        .max(Comparator.naturalOrder())
                        .map(OffsetDateTime::toInstant);
        if (basis == Basis.OFF) {
            return Check.passed(
                    "features", "freshness is not asked for; symbols: " + newest.size());
        }
        if (latest.isEmpty()) {
            return Check.failed("features", "there is no feature row yet");
        }
        Duration age = Duration.between(latest.get(), clock.instant());
        boolean fresh = age.compareTo(settings.maxFeatureAge()) <= 0;
        return new Check(
                "features",
                fresh,
                "newest row by %s is %d ms old, limit %d ms; symbols: %d"
                        .formatted(
                                basis == Basis.STORED_AT ? "stored-at" : "grid-time",
                                age.toMillis(),
                                settings.maxFeatureAge().toMillis(),
                                newest.size()));
    }
}
