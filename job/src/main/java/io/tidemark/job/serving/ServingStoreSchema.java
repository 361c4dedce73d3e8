package io.tidemark.job.serving;

import org.flywaydb.core.Flyway;

/** The tables of the serving store: the numbered migrations under {@code db/migration}. */
public final class ServingStoreSchema {
    private ServingStoreSchema() {}

    /**
     * Brings the database to the newest schema. Safe to call from several processes at once and on
     * a database that is already there.
     *
     * @return the migrations applied now
     */
    public static int migrate(String jdbcUrl, String user, String password) {
        return Flyway.configure(ServingStoreSchema.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .locations("classpath:db/migration")
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
